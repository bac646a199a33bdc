"""The notebooks: run in order, deterministic, readable; and a change of the text behind them is noticed."""

import ast
import base64
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from policycmp import document, load
from policycmp.errors import PolicyError
from policycmp.report import notebooks

ROOT = Path(__file__).resolve().parents[2]
BOOKS = {path.stem: nbformat.read(path, as_version=4) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
IN_EACH = pytest.mark.parametrize("name", BOOKS)
LONGEST_CELL = 8  # lines
SHORT = 20  # rows of a table under a figure that is not folded away
SMALL = range(5)  # decimals, axes and positions; what is larger would be a result, or a clause of one text
PATH = re.compile(r"(?<![\w.])/(?:home|root|tmp|usr|work|var|Users|mnt|opt|private)/|\b[A-Z]:\\")


@pytest.fixture(autouse=True)
def own_display() -> Iterator[None]:
    """A cell that is run in this process may say how numbers are shown; the next test has its own way."""
    yield
    pd.reset_option("display.float_format")


def code(name):
    return [cell for cell in BOOKS[name].cells if cell.cell_type == "code"]


def parameters(name):
    return [cell for cell in code(name) if "parameters" in cell.metadata.get("tags", [])]


def outputs(name):
    return [output for cell in code(name) for output in cell.outputs]


def has_figure(cell):
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


@IN_EACH
def test_every_cell_was_run_in_order(name):
    assert [cell.execution_count for cell in code(name)] == list(range(1, len(code(name)) + 1))


@IN_EACH
def test_nothing_failed_and_nothing_went_to_stderr(name):
    assert not [output for output in outputs(name) if output.output_type == "error"]
    assert not [output for output in outputs(name) if output.get("name") == "stderr"]


@IN_EACH
def test_it_opens_with_its_question_then_parameters_then_imports(name):
    first, second, third = BOOKS[name].cells[:3]
    assert first.cell_type == "markdown" and first.source.startswith("# ")
    assert parameters(name) == [second]
    assert not second.outputs
    assert third.source.startswith(("from policycmp import", "import "))
    rest = "\n".join(cell.source for cell in code(name)[2:])
    assert "import " not in rest


@IN_EACH
def test_the_parameters_are_the_documented_ones(name):
    (cell,) = parameters(name)
    values = {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(cell.source).body}
    if not notebooks.has_pair(BOOKS[name]):  # it is about many documents: the shipped collection
        assert (values["SOURCES"], values["LANG"]) == (None, "zh")
        return
    assert {"LEFT", "RIGHT", "LANG"} <= set(values)
    assert (values["LEFT"], values["RIGHT"], values["LANG"]) == ("longwan", "lucheng", "zh")


@IN_EACH
def test_cells_are_thin(name):
    assert max(len(cell.source.splitlines()) for cell in code(name)) <= LONGEST_CELL


def about_the_shipped(cell):
    return notebooks.ABOUT_THE_SHIPPED in cell.metadata.get("tags", [])


@IN_EACH
def test_no_result_is_typed(name, shipped):
    """Prose that holds for every pair names no document and no figure; code holds no clause numbers."""
    typed = {word for side in (shipped.left, shipped.right) for word in (side.doc, side.name)}
    for cell in BOOKS[name].cells:
        if cell in parameters(name) or about_the_shipped(cell):
            continue
        assert not [word for word in typed if word in cell.source]
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", re.sub(r"`[^`]*`", "", cell.source)), cell.source
        else:
            numbers = [n.value for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Constant)]
            assert not [n for n in numbers if isinstance(n, int) and n not in SMALL], cell.source


@IN_EACH
def test_what_the_prose_counts_of_the_shipped_texts_an_output_shows(name):
    told = "".join(cell.source for cell in BOOKS[name].cells if about_the_shipped(cell))
    shown = "".join(str(output.get("text", output.get("data"))) for output in outputs(name))
    numbers = set(re.findall(r"\d[\d.]*\d|\d", told))
    assert not {number for number in numbers if not re.search(rf"(?<![\d.]){re.escape(number)}(?![\d])", shown)}


@IN_EACH
def test_only_prose_is_about_the_shipped_texts(name):
    assert all(cell.cell_type == "markdown" for cell in BOOKS[name].cells if about_the_shipped(cell))


@IN_EACH
def test_prose_says_in_english_what_it_says_in_chinese(name):
    for cell in BOOKS[name].cells:
        if cell.cell_type == "markdown":
            chinese, english = (notebooks.spoken(cell.source, lang) for lang in ("zh", "en"))
            assert not re.search(r"[一-龥]", english), cell.source
            assert not re.search(r"^\s*\*[^*]*\*$", chinese, re.MULTILINE)
            marks = [re.findall(r"^(#+ |- |)(?=.)", text, re.MULTILINE) for text in (chinese, english)]
            assert marks[0] == marks[1], cell.source


@IN_EACH
def test_outputs_hold_no_path_and_no_address(name):
    for output in outputs(name):
        data = {k: v for k, v in output.get("data", {}).items() if not k.startswith("image/png")}
        text = f"{data}{output.get('text', '')}"
        assert not PATH.search(text), PATH.search(text)
        assert "0x7f" not in text and "://" not in text


@IN_EACH
def test_a_figure_stands_with_its_table(name):
    """The library's charts above what is read back from them, folded or short; a chart made by hand below its table."""
    cells = code(name)
    for above, cell, below in zip(cells, cells[1:], cells[2:], strict=False):
        if has_figure(cell) and cell.metadata.get("tags", [""])[0].startswith("chart-"):
            table = below.outputs[0].data["text/html"]
            assert "read_back(" in below.source and ("<details>" in table or table.count("<tr") <= SHORT)
        elif has_figure(cell):
            assert "plt.subplots(" in cell.source and "text/html" in above.outputs[0].data
    assert not has_figure(cells[0]) and not has_figure(cells[-1])


@IN_EACH
def test_numbers_are_printed_for_people(name):
    for output in outputs(name):
        text = str(output.get("text", output.get("data", {}).get("text/plain", "")))
        assert not re.search(r"\de[+-]\d\d|\.\d{7}", text), re.search(r".{20}(\de[+-]\d\d|\.\d{7})", text)


@IN_EACH
def test_it_ends_with_what_it_does_not_show_and_the_export(name):
    *_, limits, last = BOOKS[name].cells if not notebooks.has_window(BOOKS[name]) else [*BOOKS[name].cells, None]
    assert limits.cell_type == "markdown" and "## 这里没有说明的" in limits.source
    if last is None:  # what a window exports is for its reader to say
        return
    assert last.cell_type == "code" and "print(" in last.source
    assert re.fullmatch(r"([\w.]+\n)+", last.outputs[0].text), "the export prints file names only"


@IN_EACH
def test_metadata_holds_no_version_and_no_time(name):
    book = BOOKS[name]
    assert book.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert {key for cell in book.cells for key in cell.metadata} <= {"tags"}
    assert len({cell.id for cell in book.cells}) == len(book.cells)
    pictures = [output.data["image/png"] for output in outputs(name) if "image/png" in output.get("data", {})]
    assert not [picture for picture in pictures if b"tEXt" in base64.b64decode(picture)]


def test_some_notebooks_have_figures():
    assert sum(has_figure(cell) for name in BOOKS for cell in code(name)) >= 8


# --- a change of the text is noticed ------------------------------------------------------------------------------

Change = Callable[[document.Tables], tuple[int, str, str]]


def budget(side: document.Tables) -> tuple[int, str, str]:
    """Another first digit for the first budget."""
    row = side.quantities[side.quantities["role"] == "budget"].iloc[0]
    return int(row["number_start"]), row["as_written"], other_figure(row["as_written"])


def target(side: document.Tables) -> tuple[int, str, str]:
    """Another first digit for the first target that is written in digits."""
    row = next(row for row in side.targets.to_dict("records") if row["as_written"][0].isdigit())
    return int(row["number_start"]), row["as_written"], other_figure(row["as_written"])


def name(side: document.Tables) -> tuple[int, str, str]:
    """The beginning of the title of the document, with another last character."""
    found = side.policy.title[:6]
    return side.policy.text.index(found), found, f"{found[:-1]}甲"


def title(side: document.Tables) -> tuple[int, str, str]:
    """The title of the first clause, with another last character."""
    found = side.clauses.iloc[0]["title"]
    return side.policy.text.index(found), found, f"{found[:-1]}甲"


def body(side: document.Tables) -> tuple[int, str, str]:
    """Another name for the first responsible body of the first clause."""
    row = side.responsibilities[side.responsibilities["clause"] > 0].iloc[0]
    return side.policy.text.index(row["body"], int(side.clauses.iloc[0]["start"])), row["body"], f"{row['body'][:-1]}署"


def other_figure(written: str) -> str:
    return ("2" if written[0] != "2" else "3") + written[1:]


CHANGES: dict[str, Change] = {
    "01_two_policies": name,
    "02_aligning_clauses": title,
    "03_targets": target,
    "04_budgets": budget,
    "05_responsibilities": body,
    "report": budget,
}


def copied(folder: Path, change: Change) -> str:
    """Copy the data to where a notebook in ``folder`` finds them first; return the words that are new in them."""
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("reference"))
    side = load("lucheng", data=folder / "data")
    start, old, new = change(side)
    text = side.policy.text
    assert text.startswith(old, start) and new != old
    file = folder / "data" / "raw" / side.policy.source_file
    file.write_bytes((text[:start] + new + text[start + len(old) :]).encode("utf-8"))
    return new


def shown(cells: Iterable[nbformat.NotebookNode]) -> Iterator[str]:
    """Run code cells in this process, which is quicker than a kernel: what each prints, and its value as text."""
    names: dict[str, object] = {}
    for cell in cells:
        *statements, last = ast.parse(cell.source).body
        printed, value = io.StringIO(), None
        with contextlib.redirect_stdout(printed):
            if isinstance(last, ast.Expr):
                exec(compile(ast.Module(statements, []), "cell", "exec"), names)
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            else:
                exec(compile(cell.source, "cell", "exec"), names)
        yield printed.getvalue() + ("" if value is None else repr(value))


def stored(cell: nbformat.NotebookNode) -> str:
    """What a cell showed when it was run, but for its figures."""
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return "" if has_figure(cell) else "".join(texts)


def test_each_notebook_with_the_shipped_pair_has_a_change_that_it_must_notice():
    shown = {name for name in BOOKS if "compare(LEFT, RIGHT" in "".join(cell.source for cell in code(name))}
    assert set(CHANGES) <= shown


@pytest.mark.parametrize("name", CHANGES)
def test_a_notebook_shows_what_changes_in_the_text(name, tmp_path, monkeypatch):
    new = copied(tmp_path, CHANGES[name])
    monkeypatch.chdir(tmp_path)
    *cells, _ = code(name)  # the last one exports
    pairs = zip(map(stored, cells), shown(cells), strict=False)
    assert any(after.count(new) > before.count(new) for before, after in pairs)


def test_nbval_notices_a_change_and_nothing_else(tmp_path):
    """One notebook beside two data: that the project's own show such a change is tested above."""
    book = small("from pathlib import Path\nprint(Path('data').read_text())")
    book.cells[0].execution_count = 1
    book.cells[0].outputs = [nbformat.v4.new_output("stream", name="stdout", text="16\n")]
    for name, data in (("same", "16"), ("other", "17")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "data").write_text(data, encoding="utf-8")
        nbformat.write(book, tmp_path / name / "book.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "nbval.plugin", "--nbval", "--nbval-current-env"]
    run = subprocess.run(
        [*command, "--nbval-cell-timeout", "120", "-p", "no:cacheprovider", "same/book.ipynb", "other/book.ipynb"],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
        | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    assert re.findall(r"^FAILED (\S+)", run.stdout, re.MULTILINE) == ["other/book.ipynb::Cell"], run.stdout[-3000:]
    assert run.stdout.splitlines()[-1].startswith("1 failed, 1 passed")


# --- policycmp.notebooks ------------------------------------------------------------------------------------------


def small(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


def test_parameters_are_replaced_and_nothing_else():
    book = small('# which\nLEFT = "a"\nN = 3  # count\nOTHER = LEFT', 'LEFT = "kept"')
    book.cells[0].metadata["tags"] = ["parameters"]
    notebooks.set_parameters(book, {"LEFT": 'x"\\温', "N": None, "ABSENT": 1})
    names: dict[str, object] = {}
    exec(book.cells[0].source, names)
    assert (names["LEFT"], names["N"], names["OTHER"]) == ('x"\\温', None, 'x"\\温')
    assert "ABSENT" not in names and book.cells[0].source.startswith("# which\n")
    assert book.cells[1].source == 'LEFT = "kept"'


PROSE = "# 题目\n*Title*\n\n说明 *重点* `a_b`。\n\n*What it says, with `a_b`.*\n\n- 一\n  *one*\n- 二\n  *two*"


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        (PROSE, "zh", "# 题目\n\n说明 *重点* `a_b`。\n\n- 一\n- 二"),
        (PROSE, "en", "# Title\n\nWhat it says, with `a_b`.\n- one\n- two"),
        ("## 只有中文\n**粗体**", "en", "## 只有中文\n**粗体**"),
        ("", "en", ""),
    ],
)
def test_prose_in_one_language(text, lang, said):
    assert notebooks.spoken(text, lang) == said
    assert notebooks.spoken(said, lang) == said


def test_code_speaks_no_language():
    book = small("x = 2\n*a, b = [0]")
    notebooks.speak(book, "en")
    assert book.cells[0].source == "x = 2\n*a, b = [0]"


def test_a_cell_that_fails_is_one_clear_line(tmp_path, warm):
    with pytest.raises(
        PolicyError, match=r"broken\.ipynb: a cell failed \(ValueError: no such thing\); run it"
    ) as caught:
        notebooks.run({"broken": small("raise ValueError('no such\\nthing')")}, tmp_path)
    assert "\n" not in str(caught.value)


def test_kernels_draw_inline_in_the_given_folder(tmp_path, monkeypatch, warm):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    book = small("import os; from pathlib import Path; print(os.environ.get('MPLBACKEND'), Path.cwd().name)")
    done: list[str] = []
    notebooks.run({"where": book}, tmp_path, done.append)
    backend, folder = book.cells[0].outputs[0].text.split()
    assert backend.endswith("backend_inline") and folder == tmp_path.name
    assert done == ["where"]
    assert book.metadata["language_info"] == {"name": "python"}


def test_reading_a_notebook_loads_nothing_that_checks_addresses():
    """It takes a second; in this process conftest.py keeps it out."""
    program = """if True:
        import sys
        from policycmp.report import notebooks
        notebooks.read(notebooks.shipped()["report"])
        print("nbformat" in sys.modules, "lark" in sys.modules, "rfc3987_syntax" in sys.modules)
    """
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "False", "False"]


def test_what_is_no_notebook_is_named(tmp_path):
    file = tmp_path / "x.ipynb"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"x\.ipynb: no notebook"):
        notebooks.read(file)
