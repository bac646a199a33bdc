"""Whole-process time and peak memory of the commands, beside the cost of merely importing what they use.

Run by ``make bench``. The rounds take turns (A B C, A B C, …), so that a slow minute of the machine falls
on all alike. Time is the median, memory the highest, of the runs after one warm-up; memory is that of the
largest single process.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import making

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [str(Path(sys.executable).with_name("policycmp"))]
PEAK_AIM = 500  # MB
LIBRARIES = """
import logging, warnings
import pandas
import sklearn.feature_extraction.text
import scipy.optimize
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
jieba.setLogLevel(logging.WARNING)
cutter = jieba.Tokenizer()
cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
cutter.initialized = True
"""


@dataclass
class Case:
    """One command line, what it is measured against, and its runs."""

    name: str
    argv: list[str]
    beside: str = ""
    ratio_aim: float | None = None
    seconds_aim: float | None = None
    seconds: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def cases(out: str) -> list[Case]:
    python = sys.executable
    texts = ["longwan", *map(str, sorted((ROOT / "data" / "reference" / "texts").glob("*.txt")))]
    own = [line for text in making.TEXTS.values() for line in making.lines(text)]
    lines = [f"{line}{chr(0x4E00 + i)}" for i in range(5) for line in own]  # 305 pages, no line twice
    Path(out, "pages.pdf").write_bytes(making.pdf("\n".join(lines), contents=False))
    return [
        Case("import pandas", [python, "-c", "import pandas"]),
        Case("import pandas, sklearn, scipy; load jieba", [python, "-c", LIBRARIES]),
        Case("policycmp tables", [*COMMAND, "tables", "--out", f"{out}/tables"], "import pandas", ratio_aim=1.5),
        Case(
            "policycmp compare --no-charts",
            [*COMMAND, "compare", "longwan", "lucheng", "--out", f"{out}/compare", "--no-charts"],
            "import pandas, sklearn, scipy; load jieba",
            ratio_aim=1.5,
        ),
        Case(
            "policycmp tables, 100 documents", [*COMMAND, "tables", *many(out), "--out", f"{out}/many"], seconds_aim=10
        ),
        Case("policycmp matrix, 10 documents", [*COMMAND, "matrix", *texts, "--out", f"{out}/matrix"], seconds_aim=10),
        Case("policycmp check, a PDF of 305 pages", [*COMMAND, "check", f"{out}/pages.pdf"], seconds_aim=20),
        Case("policycmp report", [*COMMAND, "report", "--out", f"{out}/report"], seconds_aim=60),
    ]


def many(out: str) -> list[str]:
    """A hundred texts of 10,000 characters, each of another district: Lucheng's, varied."""
    text = next((ROOT / "data" / "raw").glob("002*.txt")).read_text(encoding="utf-8")[:10_000]
    paths = [Path(out) / f"d{number:03}.txt" for number in range(100)]
    for number, path in enumerate(paths):
        path.write_text(text.replace("鹿城", f"东{number}").replace("新增", f"新增{number}及"), encoding="utf-8")
    return [str(path) for path in paths]


def measure(argv: list[str]) -> tuple[float, float]:
    """Seconds and MB of one run; the run's own words are shown only if it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(argv, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "replace")[-2000:]
            sys.exit(f"bench: {' '.join(argv)[:200]} exited with {process.returncode}:\n{words}")
    unit = 1024**2 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes elsewhere
    return seconds, usage.ru_maxrss / unit


def table(done: list[Case]) -> str:
    """Lay the results out as a table, ratios and aims side by side."""
    by_name = {case.name: case for case in done}
    lines = [f"{'':44}{'median s':>9}{'ratio':>7}{'aim':>9}{'peak MB':>9}{'aim':>7}"]
    for case in done:
        ratio, aim, good = "", "", True
        if case.ratio_aim is not None:
            times = case.median / by_name[case.beside].median
            ratio, aim, good = f"{times:.2f}", f"<= {case.ratio_aim} x", times <= case.ratio_aim
        elif case.seconds_aim is not None:
            aim, good = f"<= {case.seconds_aim:g} s", case.median <= case.seconds_aim
        peak = max(case.peaks)
        ours = case.name.startswith("policycmp")
        good = good and (not ours or peak <= PEAK_AIM)
        verdict = ("  ok" if good else "  MISSED") if ours else ""
        peak_aim = f"<= {PEAK_AIM}" if ours else ""
        lines.append(f"{case.name:44}{case.median:9.2f}{ratio:>7}{aim:>9}{peak:9.0f}{peak_aim:>7}{verdict}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs after the warm-up (default 5)")
    parser.add_argument("--no-report", action="store_true", help="leave out the report, which takes longest")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error(f"--runs {options.runs}: expected 1 or more")
    with tempfile.TemporaryDirectory(prefix="policycmp-bench-") as out:
        chosen = [c for c in cases(out) if not (options.no_report and c.name == "policycmp report")]
        for turn in range(options.runs + 1):
            for case in chosen:
                print(f"\rround {turn} of {options.runs}: {case.name:44}", end="", file=sys.stderr, flush=True)
                seconds, peak = measure(case.argv)
                if turn:
                    case.seconds.append(seconds)
                    case.peaks.append(peak)
        if sys.stderr.isatty():
            print("\r" + " " * 70 + "\r", end="", file=sys.stderr)
    print(f"{options.runs} runs after one warm-up, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(table(chosen))


if __name__ == "__main__":
    main()
