"""Commands that are killed at random moments: ``python tests/kills.py [NAME=TIMES …]``, by default those of `TIMES`.

After each kill every file is what it was before or what it would have become, and no process is left over. After
every fifth the command is run again: it must succeed, end where it would have ended, and leave no temporary file.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import making

TIMES = {
    "save": 400, "tables": 150, "add": 120, "remove": 80, "compare": 60, "charts": 20, "corpus": 50, "panel": 40,
    "refresh": 10, "report": 70,
}  # fmt: skip
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
ORPHANS = 20  # seconds that a process whose parent is gone may need to notice
MARK = "POLICYCMP_ATTACK"
SAVER = """
import sys
from pathlib import Path
from policycmp.corrections import saving
folder, names = Path(sys.argv[1]), ["quantities.csv", "alignment.csv", "target_pairs.csv"]
read = {name: saving.content(folder, name) for name in names}
saving.save(folder, {name: b"new" * 9999 for name in names}, read=read)
"""


class Attack(NamedTuple):
    """A command, the folder that it changes, and what makes that folder as it is before."""

    command: list[str]
    folder: Path
    before: list[list[str]]
    exact: bool = True  # whether files are compared byte for byte; a database is asked by running the command again


def attacks(work: Path) -> dict[str, Attack]:
    """The attacks by name; each has a folder of its own below ``work``."""
    own = [sys.executable, "-m", "policycmp"]
    texts, data, root = work / "texts", work / "data", work / "root"
    texts.mkdir()
    for number in range(6):
        (texts / f"云溪{2020 + number}.txt").write_text(
            making.QILAN.replace("2025", f"{2020 + number}"), encoding="utf-8"
        )
    (data / "raw").mkdir(parents=True)
    (data / "sources.toml").write_text(f"# mine\n{'# comment' * 9999}\n", encoding="utf-8")
    text = str(texts / "云溪2025.txt")
    other = str(texts / "云溪2024.txt")
    add = [*own, "add", text, "--district", "云溪", "--id", "one", "--data", str(data)]
    drop = [*own, "remove", "one", "--yes", "--data", str(data)]
    out = {name: str(work / name) for name in ("tables", "compare", "charts", "corpus", "panel", "report", "save")}
    refresh = [sys.executable, "-m", "policycmp.report.making", "--refresh"]
    saver = [sys.executable, "-c", SAVER, out["save"]]
    old_save = [sys.executable, "-c", SAVER.replace("new", "old"), out["save"]]
    tables = [*own, "tables", text, "--office", "--out", out["tables"]]
    old_tables = [*own, "tables", other, "--office", "--out", out["tables"]]
    compare = [*own, "compare", text, other]
    return {
        "save": Attack(saver, work / "save", [old_save]),
        "tables": Attack(tables, work / "tables", [old_tables]),
        "add": Attack(add, data, []),
        "remove": Attack(drop, data, [add]),
        "compare": Attack([*compare, "--no-charts", "--office", "--out", out["compare"]], work / "compare", []),
        "charts": Attack([*compare, "--out", out["charts"]], work / "charts", []),
        "corpus": Attack([*own, "corpus", "add", str(texts), "--store", out["corpus"]], work / "corpus", [], False),
        "panel": Attack([*own, "panel", str(texts), "--out", out["panel"]], work / "panel", [], False),
        "refresh": Attack(refresh, root / "notebooks", [], False),
        "report": Attack([*own, "report", text, other, "--out", out["report"]], work / "report", []),
    }


def state(folder: Path) -> dict[str, bytes]:
    """The files of a folder that are meant to be seen."""
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".policycmp-*")]


def left_over() -> list[int]:
    """The processes that came of an attack and still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={os.getpid()}".encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def run(command: list[str], where: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=where, env=env, capture_output=True, text=True, errors="replace", check=False)


def attacked(name: str, times: int, work: Path) -> tuple[int, list[str]]:
    """Kill the command of an attack so often; return how many kills met it alive, and what was wrong then."""
    attack, dice, faults = attacks(work)[name], random.Random(name), list[str]()
    where = making.ROOT
    if name == "refresh":
        where = work / "root"
        shutil.copytree(making.ROOT, where, ignore=shutil.ignore_patterns(".git", ".venv", "build", "tests", "docs"))
    env = os.environ | {
        MARK: str(os.getpid()),
        "MPLBACKEND": "Agg",
        "PYTHONPATH": str(where),
        "XDG_STATE_HOME": str(work / "state"),
    }
    keep = work / "before"
    for command in attack.before:
        assert run(command, where, env).returncode == 0, command
    attack.folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(attack.folder, keep)
    begin = time.monotonic()
    whole = run(attack.command, where, env)
    span = time.monotonic() - begin
    assert whole.returncode == 0, whole.stderr
    old, new = state(keep), state(attack.folder)
    alive = 0
    for number in range(times):
        shutil.rmtree(attack.folder)
        shutil.copytree(keep, attack.folder)
        process = subprocess.Popen(
            attack.command, cwd=where, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        sent = dice.choice(SIGNALS)
        try:
            process.wait(dice.random() * span)
        except subprocess.TimeoutExpired:
            alive += 1
            process.send_signal(sent)
        said = process.communicate()[1].decode(errors="replace")
        if "Traceback" in said and not said.rstrip().endswith("KeyboardInterrupt"):  # Python itself was still starting
            faults.append(f"{name} {number} {sent.name}: {said[-300:]}")
        faults += [f"{name} {number} {sent.name}: {one}" for one in wrong(attack, old, new)]
        deadline = time.monotonic() + ORPHANS
        while left_over() and time.monotonic() < deadline:
            time.sleep(0.1)
        if over := left_over():
            faults.append(f"{name} {number} {sent.name}: {len(over)} processes are left over")
            for one in over:
                os.kill(one, signal.SIGKILL)
        if number % 5 == 4 or number == times - 1:
            faults += [f"{name} {number} again: {one}" for one in again(name, attack, where, env, new)]
    return alive, faults


def wrong(attack: Attack, old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """Which files are neither what they were nor what they were to be."""
    if not attack.exact:
        return []
    told = []
    for path, raw in state(attack.folder).items():
        if raw not in (old.get(path), new.get(path)):
            told.append(f"{path} is neither old nor new ({len(raw)} bytes)")
    return told + [f"{path} is gone" for path in old.keys() & new.keys() - state(attack.folder).keys()]


def again(name: str, attack: Attack, where: Path, env: dict[str, str], new: dict[str, bytes]) -> list[str]:
    """What is wrong when the command is run after a kill."""
    done = run(attack.command, where, env)
    known = name in {"add", "remove"} and done.returncode == 1 and "Traceback" not in done.stderr  # it was done already
    if done.returncode and not known:
        return [f"it fails: {done.stderr[-300:]}"]
    now = state(attack.folder)
    told = [f"it leaves {hidden(attack.folder)}"] if hidden(attack.folder) and not known else []
    if attack.exact and now != new:
        told.append(f"other files: {sorted(path for path in {*now, *new} if now.get(path) != new.get(path))[:5]}")
    return told + [f"{path} is missing" for path in new.keys() - now.keys()]


def main() -> None:
    chosen = dict(given.split("=") for given in sys.argv[1:]) or TIMES
    failed = False
    for name, times in chosen.items():
        with tempfile.TemporaryDirectory() as work:
            alive, faults = attacked(name, int(times), Path(work))
        failed = failed or bool(faults)
        print(f"{name}: {times} times, {alive} killed alive, {len(faults)} faults", *faults, sep="\n  ", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
