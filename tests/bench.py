"""CPU time and peak memory of what people wait for, each beside its floor or a peer in the same run.

Run by ``make bench``. The rounds take turns (A B C, A B C, …), so that a slow minute of the machine falls on all alike.
Time is the CPU's, user and system, of a process and its children; the median of the runs. What matters is the ratio:
it is kept in ``tests/bench.json``, which is committed. The table goes into ``docs/benchmarks.md``.

``--quick`` measures in half a minute what a change is likely to slow down and sets each ratio beside the kept one, but
keeps none: so does ``.ci/run`` after its tests. ``--large`` adds, in one round, what takes minutes.
JIONLP=PYTHON names a Python in which JioNLP is installed: it is measured there.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import making

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "policycmp"]
KEPT, PAGE = ROOT / "tests" / "bench.json", ROOT / "docs" / "benchmarks.md"
SLID = 1.15  # a ratio that grew by more is told
QUICK, USUAL, LARGE = range(3)  # which runs measure a case: all; all but --quick; --large alone
PANDAS, LIBRARIES = "import pandas", "import pandas, sklearn, scipy; load the words"
FUZZY, SPARSE, PLUMBER, MONEY = (
    "rapidfuzz, every two clauses",
    "sparse_dot_topn, TF-IDF of character pairs",
    "pdfplumber, the same PDF",
    "JioNLP, the money of the same text",
)
JIONLP = os.environ.get("JIONLP", sys.executable)
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
PAIRING = """
import sys, time
from policycmp import document, pairing
left, right = (document.load(path, corrections="none") for path in sys.argv[1:])
aligned = pairing.align(left, right)
sections = pairing.section_pairs(left, right, aligned)
begin = time.process_time()
pairs, _ = pairing.target_pairs(left, right, aligned, sections)
assert len(pairs) > len(left.targets) / 2
print(time.process_time() - begin)
"""
FUZZ = """
import sys, time
from rapidfuzz import fuzz, process
from policycmp import document
left, right = (document.load(path, corrections="none").clauses["text"].tolist() for path in sys.argv[1:])
begin = time.process_time()
process.cdist(left, right, scorer=fuzz.ratio)
print(time.process_time() - begin)
"""
TOP = """
import sys, time
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn
from policycmp import document
left, right = (document.load(path, corrections="none").clauses["text"].tolist() for path in sys.argv[1:])
begin = time.process_time()
vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2)).fit([*left, *right])
sp_matmul_topn(vectors.transform(left), vectors.transform(right).T.tocsr(), top_n=5, threshold=0.1)
print(time.process_time() - begin)
"""
PLUMBING = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as file:
    for page in file.pages:
        page.extract_text()
"""
JIO = """
import sys, time
import jionlp
text = open(sys.argv[1], encoding="utf-8").read()
jionlp.ner.extract_money(text, with_parsing=True)
begin = time.process_time()
jionlp.ner.extract_money(text, with_parsing=True)
print(time.process_time() - begin)
"""
READING = """
import sys, time
from policycmp import document
document.load(sys.argv[1], corrections="none")
begin = time.process_time()
document.load(sys.argv[1], corrections="none")
print(time.process_time() - begin)
"""
WINDOW = """
import time
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
print(first, chosen, time.process_time() - begin)
"""


Measured = tuple[list[float], float, float]  # the numbers that a run prints, its seconds of CPU, its peak in MB


@dataclass
class Case:
    """Something that is measured, what it stands beside, and its aims.

    A case that has ``figure`` prints its seconds itself: this one of the numbers in its last line.
    """

    name: str
    argv: list[str]
    beside: str = ""
    ratio_aim: float | None = None
    seconds_aim: float | None = None
    peak_aim: float | None = None
    figure: int | None = None
    when: int = USUAL
    seconds: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def cases(out: str, when: int) -> list[Case]:
    """Return what is measured, in the order of the table; ``when`` says by how long a run."""
    python, jionlp = [sys.executable, "-c"], [JIONLP, "-c"]
    reference = map(str, sorted((ROOT / "data" / "reference" / "texts").glob("*.txt")))
    raw = str(next((ROOT / "data" / "raw").glob("002*.txt")))
    sides = [long_text(out, name, 500) for name in ("甲", "乙")]
    bare = [*COMMAND, "compare", "longwan", "lucheng", "--no-charts"]
    office = [*bare, "--office", "--out", f"{out}/office"]
    found = [
        Case(PANDAS, [*python, "import pandas"], when=QUICK),
        Case(LIBRARIES, [*python, IMPORTS], when=QUICK),
        Case("policycmp tables", [*COMMAND, "tables", "--out", f"{out}/tables"], PANDAS, ratio_aim=1.5, when=QUICK),
        Case("policycmp compare --no-charts", [*bare, "--out", f"{out}/compare"], LIBRARIES, ratio_aim=1.2, when=QUICK),
        Case("policycmp compare --no-charts --office", office, LIBRARIES),
        Case("explorer: first view", [*python, WINDOW], LIBRARIES, seconds_aim=2, figure=0, when=QUICK),
        Case("explorer: a selection", [*python, WINDOW], LIBRARIES, seconds_aim=0.1, figure=1, when=QUICK),
        Case("explorer: a filter", [*python, WINDOW], LIBRARIES, seconds_aim=0.2, figure=2, when=QUICK),
        Case(FUZZY, [*python, FUZZ, *sides], figure=0),
        Case(SPARSE, [*python, TOP, *sides], figure=0, when=QUICK),
        Case("align 500 × 500 clauses", [*python, ALIGNING, *sides], SPARSE, seconds_aim=2, figure=0, when=QUICK),
        Case(MONEY, [*jionlp, JIO, raw], figure=0),
        Case("all tables of that text", [*python, READING, raw], MONEY, figure=0),
        Case("policycmp tables, 100 documents", [*COMMAND, "tables", *many(out, 100), "--out", f"{out}/many"],
             PANDAS, seconds_aim=15, peak_aim=400),
        Case("policycmp matrix, 10 documents",
             [*COMMAND, "matrix", "longwan", *reference, "--no-charts", "--out", f"{out}/matrix"],
             LIBRARIES, seconds_aim=10, peak_aim=500),
    ]  # fmt: skip
    if when > QUICK:
        pages = long_pdf(out)
        found.append(Case(PLUMBER, [*python, PLUMBING, pages]))
        found.append(Case("policycmp check, a PDF of 305 pages", [*COMMAND, "check", pages], PLUMBER, seconds_aim=20))
    if when == LARGE:
        found += large_cases(out)
    return [case for case in found if case.when <= when and runs(case)]


def large_cases(out: str) -> list[Case]:
    """Return what takes minutes: it is measured once."""
    python = [sys.executable, "-c"]
    report, two_hundred = [*COMMAND, "report", "--out", f"{out}/report"], [long_text(out, name, 200) for name in "甲乙"]
    books = [*COMMAND, "tables", *many(out, 90), "--office", "--out", f"{out}/books"]
    sides = [long_text(out, name, 1000) for name in "甲乙"]
    found = [Case("align 1,000 × 1,000 clauses", [*python, ALIGNING, *sides], LIBRARIES, seconds_aim=4, figure=0)]
    for clauses in (200, 1000):
        sides = [long_text(out, name, clauses, targets=5) for name in "甲乙"]
        name = f"pairs of {clauses * 5:,} × {clauses * 5:,} targets"
        found.append(Case(name, [*python, PAIRING, *sides], LIBRARIES, figure=0))
    thirty, hundred = (
        [*COMMAND, "matrix", *many(out, number), "--no-charts", "--out", f"{out}/matrix{number}"]
        for number in (32, 100)
    )
    return [
        *found,
        Case("policycmp matrix, 32 documents", thirty, LIBRARIES, seconds_aim=30, peak_aim=500),
        Case("policycmp report", report, LIBRARIES, seconds_aim=55, peak_aim=500),
        Case("policycmp tables --office, 90 documents", books, PANDAS, peak_aim=400),
        Case("policycmp report, 2 × 200 clauses", [*report, *two_hundred], LIBRARIES),
        Case("policycmp tables, 1,000 documents", [*COMMAND, "tables", *many(out, 1000), "--out", f"{out}/thousand"],
             PANDAS, seconds_aim=90, peak_aim=400),
        Case("policycmp matrix, 100 documents", hundred, LIBRARIES, seconds_aim=300, peak_aim=2000),
    ]  # fmt: skip


def runs(case: Case) -> bool:
    """Tell whether a case can be measured here: the peers are not all installed."""
    if case.name == MONEY:
        return JIONLP != sys.executable or bool(find_spec("jionlp"))
    needed = {FUZZY: "rapidfuzz", SPARSE: "sparse_dot_topn", PLUMBER: "pdfplumber"}
    return case.name not in needed or bool(find_spec(needed[case.name]))


def unmeasured(done: list[Case]) -> dict[str, str]:
    """Return the peers that were not measured, and why."""
    why = {"string_grouper": "does not build with the pinned versions; its core, sparse_dot_topn, is measured / "
           "与锁定的版本不能一起构建；测的是它的核心 sparse_dot_topn"}  # fmt: skip
    if MONEY not in {case.name for case in done}:
        why["JioNLP"] = "is not in the lock; JIONLP=PYTHON measures it / 不在锁定文件里；用 JIONLP=PYTHON 测"
    return why


@cache
def many(out: str, number: int) -> list[str]:
    """Return the paths of texts of 10,000 characters, each of another district: Lucheng's, varied."""
    text = next((ROOT / "data" / "raw").glob("002*.txt")).read_text(encoding="utf-8")[:10_000]
    paths = [Path(out) / f"d{i:04}.txt" for i in range(number)]
    for i, path in enumerate(paths):
        path.write_text(text.replace("鹿城", f"东{i}").replace("新增", f"新增{i}及"), encoding="utf-8")
    return [str(path) for path in paths]


def long_pdf(out: str) -> str:
    """Return the path of a PDF of 305 pages, no line twice."""
    own = [line for text in making.TEXTS.values() for line in making.lines(text)]
    lines = [f"{line}{chr(0x4E00 + i)}" for i in range(5) for line in own]
    path = Path(out, "pages.pdf")
    path.write_bytes(making.pdf("\n".join(lines), contents=False))
    return str(path)


FIELDS = "科技企业 养老床位 托育园 工业用地 城市书房 公园绿地 水质断面 人才公寓 停车位 电梯".split()
ACTS = "支持建设 优化布局 完善服务 加强监管 扩大供给".split()


def long_text(out: str, name: str, clauses: int, *, targets: int = 1) -> str:
    """Return the path of a text of many clauses, no two alike and each like one of another such text."""
    lines = [f"关于{name}区发展的若干政策", "一、重点任务"]
    total = clauses * targets
    for clause in range(clauses):
        named = []
        for i in range(clause * targets, (clause + 1) * targets):
            own = f"{chr(0x4E00 + i * 9000 // total)}{chr(0x7200 + i * 7000 // total)}"
            named.append(f"{FIELDS[i % 10] if targets == 1 else own[::-1]}{own}")  # many like ones would be refused
        set_ones = "、".join(f"新增{what}{i + clause + 3}个" for i, what in enumerate(named))
        act, other = ACTS[clause // 10 % 5], FIELDS[clause // 50 % 10]
        lines.append(f"{clause + 1}.{act}{named[0]}。{name}区{set_ones}，由专班按季调度{other}。")
    path = Path(out) / f"{name}-{clauses}-{targets}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def measure(argv: list[str]) -> Measured | None:
    """Return the numbers in the last line of a run, its seconds of CPU and its peak in MB.

    The run's own words are shown only if it fails: then there is no measure, and the others go on.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(argv, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
        if process.returncode:
            print(f"bench: {' '.join(argv)[:200]} exited with {process.returncode}:\n{words[-2000:]}", file=sys.stderr)
            return None
    unit = 1024**2 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes elsewhere
    return numbers(words), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def numbers(words: str) -> list[float]:
    """Return the numbers in the last line; none where it says something else."""
    last = words.strip().rpartition("\n")[2].split()
    return [float(word) for word in last] if all(word[0].isdigit() for word in last) else []


def go_round(chosen: list[Case], title: str) -> None:
    """Measure each case once; those that are figures of one run share it."""
    done: dict[tuple[str, ...], Measured | None] = {}
    for case in chosen:
        if sys.stderr.isatty():
            print(f"{title}: {case.name:46}", end="\r", file=sys.stderr, flush=True)
        argv = tuple(case.argv)
        if argv not in done:
            done[argv] = measure(case.argv)
        measured = done[argv]
        if measured is None:
            continue
        printed, seconds, peak = measured
        case.seconds.append(seconds if case.figure is None else printed[case.figure])
        case.peaks.append(peak)
    if sys.stderr.isatty():
        print(" " * 78, end="\r", file=sys.stderr)


def rows(done: list[Case]) -> list[list[str]]:
    """Return the cells of the table: what, seconds, peak, its floor or peer, the ratio, the aim, whether it is met."""
    ratio, lines = ratios(done), []
    for case in filter(lambda case: case.seconds, done):
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
    median = {case.name: case.median for case in done if case.seconds}
    return {case.name: round(median[case.name] / median[case.beside], 3) for case in done
            if case.name in median and case.beside in median}  # fmt: skip


def slid(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """Return a line for each ratio that grew by more than `SLID`."""
    worse = [name for name in now if name in before and now[name] > SLID * before[name]]
    return [f"bench: SLID  {name} slid from {before[name]:.2f} to {now[name]:.2f} times its floor" for name in worse]


def beside(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """Return a line for each ratio with the one that was kept, if one was."""
    kept = {name: f"{before[name]:8.2f}" if name in before else "    none" for name in now}
    return [f"bench: {name:44}{ratio:8.2f}  before{kept[name]}" for name, ratio in now.items()]


def page(lines: list[list[str]], missing: dict[str, str], note: str) -> str:
    """Return the page of the documentation."""
    head = ["what", "CPU s", "peak MB", "beside", "ratio", "aim", ""]
    table = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *lines)]
    peers = [f"- {name}: {why}" for name, why in missing.items()]
    return "\n".join([
        "# 快慢", "", "*How fast it is: CPU time, each beside its floor or a peer in the same run.*", "",
        f"由 `make bench` 写出，不手改。{note}", "", f"*Written by `make bench`; {os.cpu_count()} cores, "
        f"Python {sys.version_info.major}.{sys.version_info.minor}. Ratios compare between machines, seconds do not.*",
        "", *table, "", "没有测的 / *not measured*:", "", *peers, "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="half a minute, beside what was kept; nothing is written")
    length.add_argument("--large", action="store_true", help="also what takes minutes, once")
    parser.add_argument("--note", default="", help="a sentence about the machine, for the page")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error(f"--runs {options.runs}: expected 1 or more")
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    with tempfile.TemporaryDirectory(prefix="policycmp-bench-") as out:
        usual = cases(out, QUICK if options.quick else USUAL)
        for turn in range(min(options.runs, 2) if options.quick else options.runs):
            go_round(usual, f"round {turn + 1} of {options.runs}")
        if options.quick:
            now = ratios(usual)
            print(*beside(now, before), *slid(now, before), sep="\n")
            return
        keep(usual, before, options.note)
        for case in cases(out, LARGE)[len(usual) :] if options.large else ():
            go_round([case], "once")
            usual.append(case)
            keep(usual, before, options.note)  # each may take minutes: what is measured is not lost with the next
    for cells in rows(usual):
        print("{:44}{:>8}{:>7}  {:46}{:>7}  {:22}{}".format(*cells).rstrip())
    print(*slid(ratios(usual), before), sep="\n")


def keep(done: list[Case], before: dict[str, float], note: str) -> None:
    """Write the ratios and the page of the documentation; ``before`` has those of what is not measured this time."""
    KEPT.write_text(json.dumps(before | ratios(done), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(rows(done), unmeasured(done), note), encoding="utf-8")


if __name__ == "__main__":
    main()
