"""CPU time and peak memory of what people wait for, each beside its floor or a peer in the same run.

Run by ``make bench``. The rounds take turns (A B C, A B C, …), so that a slow minute of the machine falls on all alike.
Time is the CPU's, user and system, of a process and its children; the median of the runs. What matters is the ratio:
it is kept in ``tests/bench.json``, and the next run says which one slid. The table goes into ``docs/benchmarks.md``.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import making

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "policycmp"]
KEPT, PAGE = ROOT / "tests" / "bench.json", ROOT / "docs" / "benchmarks.md"
SLID = 1.15  # a ratio that grew by more is told
PANDAS, LIBRARIES = "import pandas", "import pandas, sklearn, scipy; load the words"
UNMEASURED = {
    "string_grouper": "does not build with the pinned versions / 与锁定的版本不能一起构建",
    "JioNLP": "is not in the lock / 不在锁定文件里",
}
IMPORTS = """
import pandas
import sklearn.feature_extraction.text
import scipy.optimize
from policycmp.text import segment
from policycmp.text.lexicon import Lexicon
segment.words("老年助餐", Lexicon.load())
"""
ALIGNING = """
import sys, time
from policycmp import document, pairing
left, right = (document.load(path, corrections="none") for path in sys.argv[1:])
pairing.align(left, left)
begin = time.process_time()
pairing.align(left, right)
print(time.process_time() - begin)
"""
FUZZY = """
import sys, time
from rapidfuzz import fuzz, process
from policycmp import document
left, right = (document.load(path, corrections="none").clauses["text"].tolist() for path in sys.argv[1:])
begin = time.process_time()
process.cdist(left, right, scorer=fuzz.ratio)
print(time.process_time() - begin)
"""
PLUMBING = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as file:
    for page in file.pages:
        page.extract_text()
"""
WINDOW = """
import sys, time
from policycmp.explorer.session import Session
from policycmp.explorer.window import Explorer
begin = time.process_time()
window = Explorer(Session("longwan", "lucheng", corrections="none"))
first = time.process_time() - begin
rows = [value for _, value in window.list.options][1:6]
begin = time.process_time()
for row in rows:
    window.list.value = row
chosen = (time.process_time() - begin) / len(rows)
begin = time.process_time()
window.asked["relation"].value = "partial"
print({"first": first, "choose": chosen, "filter": time.process_time() - begin}[sys.argv[1]])
"""


@dataclass
class Case:
    """Something that is measured, what it stands beside, and its aim; ``inside`` it prints its seconds itself."""

    name: str
    argv: list[str]
    beside: str = ""
    ratio_aim: float | None = None
    seconds_aim: float | None = None
    peak_aim: float | None = None
    inside: bool = False
    seconds: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def cases(out: str, *, large: bool) -> list[Case]:
    """Return what is measured; ``large`` adds what takes minutes."""
    python = [sys.executable, "-c"]
    texts = ["longwan", *map(str, sorted((ROOT / "data" / "reference" / "texts").glob("*.txt")))]
    own = [line for text in making.TEXTS.values() for line in making.lines(text)]
    lines = [f"{line}{chr(0x4E00 + i)}" for i in range(5) for line in own]  # 305 pages, no line twice
    Path(out, "pages.pdf").write_bytes(making.pdf("\n".join(lines), contents=False))
    pages, sides = f"{out}/pages.pdf", [long_text(out, name) for name in ("甲", "乙")]
    compare = [*COMMAND, "compare", "longwan", "lucheng", "--no-charts", "--out", f"{out}/compare"]
    found = [
        Case(PANDAS, [*python, "import pandas"]),
        Case(LIBRARIES, [*python, IMPORTS]),
        Case("policycmp tables", [*COMMAND, "tables", "--out", f"{out}/tables"], PANDAS, ratio_aim=1.5),
        Case("policycmp compare --no-charts", compare, LIBRARIES, ratio_aim=1.2),
        Case("policycmp tables, 100 documents", [*COMMAND, "tables", *many(out, 100), "--out", f"{out}/many"],
             PANDAS, seconds_aim=15, peak_aim=400),
        Case("policycmp matrix, 10 documents", [*COMMAND, "matrix", *texts, "--no-charts", "--out", f"{out}/matrix"],
             LIBRARIES, seconds_aim=10, peak_aim=500),
        Case("explorer: first view", [*python, WINDOW, "first"], LIBRARIES, seconds_aim=2, inside=True),
        Case("explorer: a selection", [*python, WINDOW, "choose"], LIBRARIES, seconds_aim=0.1, inside=True),
        Case("explorer: a filter", [*python, WINDOW, "filter"], LIBRARIES, seconds_aim=0.2, inside=True),
    ]  # fmt: skip
    fuzzy, plumber = "rapidfuzz, the same clauses", "pdfplumber, the same PDF"
    if find_spec("rapidfuzz"):
        found.append(Case(fuzzy, [*python, FUZZY, *sides], inside=True))
    found.append(Case("align 500 × 500 clauses", [*python, ALIGNING, *sides], fuzzy, seconds_aim=4, inside=True))
    if find_spec("pdfplumber"):
        found.append(Case(plumber, [*python, PLUMBING, pages]))
    found.append(Case("policycmp check, a PDF of 305 pages", [*COMMAND, "check", pages], plumber, seconds_aim=20))
    if large:
        thousand = [*COMMAND, "tables", *many(out, 1000), "--out", f"{out}/thousand"]
        report = [*COMMAND, "report", "--out", f"{out}/report"]
        found.append(Case("policycmp tables, 1,000 documents", thousand, PANDAS, seconds_aim=90, peak_aim=400))
        found.append(Case("policycmp report", report, LIBRARIES, seconds_aim=55, peak_aim=500))
    return found


def many(out: str, number: int) -> list[str]:
    """Return the paths of texts of 10,000 characters, each of another district: Lucheng's, varied."""
    text = next((ROOT / "data" / "raw").glob("002*.txt")).read_text(encoding="utf-8")[:10_000]
    paths = [Path(out) / f"d{i:04}.txt" for i in range(number)]
    for i, path in enumerate(paths):
        path.write_text(text.replace("鹿城", f"东{i}").replace("新增", f"新增{i}及"), encoding="utf-8")
    return [str(path) for path in paths]


def long_text(out: str, name: str) -> str:
    """Return the path of a text of 500 clauses, no two alike and each like one of the other text."""
    fields = (
        "科技企业",
        "养老床位",
        "托育园",
        "工业用地",
        "城市书房",
        "公园绿地",
        "水质断面",
        "人才公寓",
        "停车位",
        "电梯",
    )
    acts = ("支持建设", "优化布局", "完善服务", "加强监管", "扩大供给")
    lines = [f"关于{name}区发展的若干政策", "一、重点任务"]
    for i in range(500):
        what = f"{fields[i % 10]}{chr(0x4E00 + i * 7)}{chr(0x5E00 + i * 3)}"
        lines.append(
            f"{i + 1}.{acts[i // 10 % 5]}{what}。{name}区新增{what}{i + 3}个，由专班按季调度{fields[i // 50]}。"
        )
    path = Path(out) / f"{name}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def measure(case: Case) -> tuple[float, float]:
    """Seconds of CPU and MB of one run; the run's own words are shown only if it fails."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(case.argv, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
        if process.returncode:
            sys.exit(f"bench: {case.name} exited with {process.returncode}:\n{words[-2000:]}")
    unit = 1024**2 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes elsewhere
    seconds = float(words.split()[-1]) if case.inside else usage.ru_utime + usage.ru_stime
    return seconds, usage.ru_maxrss / unit


def rows(done: list[Case]) -> list[list[str]]:
    """Return the cells of the table: what, seconds, peak, its floor or peer, the ratio, the aim, whether it is met."""
    ratio, lines = ratios(done), []
    for case in done:
        aims = [f"≤ {case.ratio_aim:g} ×"] if case.ratio_aim else []
        aims += [f"≤ {case.seconds_aim:g} s"] if case.seconds_aim else []
        aims += [f"≤ {case.peak_aim:g} MB"] if case.peak_aim else []
        met = all((
            not case.ratio_aim or ratio.get(case.name, 0) <= case.ratio_aim,
            not case.seconds_aim or case.median <= case.seconds_aim,
            not case.peak_aim or max(case.peaks) <= case.peak_aim,
        ))  # fmt: skip
        times = f"{ratio[case.name]:.2f}" if case.name in ratio else ""
        verdict = ("ok" if met else "missed") if aims else ""
        lines.append(
            [case.name, f"{case.median:.2f}", f"{max(case.peaks):.0f}", case.beside, times, ", ".join(aims), verdict]
        )
    return lines


def ratios(done: list[Case]) -> dict[str, float]:
    """Return how many times as long each case takes as what it stands beside."""
    median = {case.name: case.median for case in done}
    return {case.name: round(case.median / median[case.beside], 3) for case in done if case.beside in median}


def slid(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """Return a line for each ratio that grew by more than `SLID`."""
    worse = [name for name in now if name in before and now[name] > SLID * before[name]]
    return [f"bench: {name} slid from {before[name]:.2f} to {now[name]:.2f} times its floor" for name in worse]


def page(lines: list[list[str]], note: str) -> str:
    """Return the page of the documentation."""
    head = ["what", "CPU s", "peak MB", "beside", "ratio", "aim", ""]
    table = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *lines)]
    peers = [f"- {name}: {why}" for name, why in UNMEASURED.items()]
    return "\n".join([
        "# 快慢", "", "*How fast it is: CPU time, each beside its floor or a peer in the same run.*", "",
        f"由 `make bench` 写出，不手改。{note}", "", f"*Written by `make bench`; {os.cpu_count()} cores, "
        f"Python {sys.version_info.major}.{sys.version_info.minor}. Ratios compare between machines, seconds do not.*",
        "", *table, "", "没有测的 / *not measured*:", "", *peers, "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument(
        "--large", action="store_true", help="also a thousand documents and the report, which take minutes"
    )
    parser.add_argument("--note", default="", help="a sentence about the machine, for the page")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error(f"--runs {options.runs}: expected 1 or more")
    with tempfile.TemporaryDirectory(prefix="policycmp-bench-") as out:
        chosen = cases(out, large=options.large)
        for turn in range(options.runs):
            for case in chosen:
                print(f"\rround {turn + 1} of {options.runs}: {case.name:44}", end="", file=sys.stderr, flush=True)
                seconds, peak = measure(case)
                case.seconds.append(seconds)
                case.peaks.append(peak)
    print("\r" + " " * 70 + "\r", end="", file=sys.stderr)
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    now, lines = ratios(chosen), rows(chosen)
    for cells in lines:
        print("{:44}{:>8}{:>7}  {:44}{:>7}  {:22}{}".format(*cells).rstrip())
    print(*slid(now, before), sep="\n")
    KEPT.write_text(json.dumps(before | now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(lines, options.note), encoding="utf-8")


if __name__ == "__main__":
    main()
