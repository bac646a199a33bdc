"""The phrase book is whole: every phrase in both languages, every phrase used, and every word in it."""

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest

from policycmp import wording

PACKAGE = Path(wording.__file__).parents[1]
CHAPTERS = sorted(path.stem for path in Path(wording.__file__).parent.glob("*.toml"))
PHRASES = [(chapter, key) for chapter in CHAPTERS for key in wording.phrases(chapter)]
# Chapters whose phrases are used in one room alone; all others are for the whole house.
ROOMS = {"charts": "charts", "explorer": "explorer", "help": "cli", "page": "report", "word": "export"}
DATA = {"units", "files", "usage"}  # chapters whose keys come from the texts that are read, from files, from argparse
QUOTED = r"一、 and \(一\)"  # what an English phrase quotes from a text
SOURCES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def fields(text):
    return {field for _, field, *_ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_phrase_is_there_in_both_languages_with_the_same_places(chapter):
    for key, texts in wording.phrases(chapter).items():
        assert all(text.strip() for text in texts.values()), key
        assert fields(texts["zh"]) == fields(texts["en"]), key
        assert all(field.isidentifier() for field in fields(texts["zh"])), key


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_english_of_a_phrase_is_english(chapter):
    for key, texts in wording.phrases(chapter).items():
        assert not re.search("[一-龥，。；：（）]", re.sub(QUOTED, "", texts["en"])), key


@cache
def used(room):
    """Return the strings of the sources of a room, and the patterns of those that are put together."""
    plain, made = set(), set()
    for page in [*(PACKAGE / room).rglob("*.html"), *(PACKAGE / room).rglob("page.js")]:
        plain |= set(re.findall(r"(?:say\.|\")(\w+)", page.read_text(encoding="utf-8")))
    for lists in (PACKAGE / "words").glob("*.toml"):
        plain |= set(re.findall('^key = "(.*)"', lists.read_text(encoding="utf-8"), re.MULTILINE))
    for path, tree in SOURCES.items():
        if room in ("", path.relative_to(PACKAGE).parts[0]):
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    plain.add(node.value)
                elif isinstance(node, ast.JoinedStr):
                    made.add(pattern(node))
    return plain, {one for one in made if re.search("[a-z]{2}_|_[a-z]{2}|^scope_", one)}


def pattern(node):
    return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else "[A-Za-z_]*" for part in node.values)


@pytest.mark.parametrize("chapter", sorted(set(CHAPTERS) - DATA))
def test_every_phrase_is_used(chapter):
    plain, made = used(ROOMS.get(chapter, ""))
    keys = {key.partition(".")[0] for key in wording.phrases(chapter)}
    parts = {one.rpartition("_")[2] for one in made}  # a column of one side, left_max, is named by its part
    assert [key for key in keys - plain - parts if not any(re.fullmatch(one, key) for one in made)] == []


def calls():
    """Yield each call that names a phrase: where, the chapter, the key, and the names of its values if all are told."""
    for path, tree in SOURCES.items():
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = named(node.func)
                names = [keyword.arg for keyword in node.keywords]
                told = None if None in names or name == "label" else set(names)
                for key in keys_in(node.args[0]):
                    yield f"{path.name}:{node.lineno}", chapter_of(name, room, node), key, told


def named(function):
    """Return the name of a function that is called: of one in a module or an object its last part."""
    if isinstance(function, ast.Attribute) and ast.unparse(function) == "arguments.say":
        return "arguments.say"
    return getattr(function, "id", getattr(function, "attr", ""))


def keys_in(node):
    """Return the string that a node is, or the two between which it chooses."""
    ways = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    texts = [way.value for way in ways if isinstance(way, ast.Constant) and isinstance(way.value, str)]
    return [text for text in texts if text not in wording.LANGUAGES]  # error.said("en")


# Who words a phrase by its key alone: the name of the function and the room, and the chapter of the phrase.
WORDED = {
    ("said", ""): "sentences", ("label", ""): "labels", ("say", "charts"): "charts", ("word", "explorer"): "explorer",
    ("say", "cli"): "help", ("arguments.say", ""): "command", ("_say", "report"): "command",
    ("_said", "asking"): "notices",
    ("PolicyError", ""): "errors", ("Refused", ""): "errors", ("fault", ""): "errors",
}  # fmt: skip


def chapter_of(name, room, node):
    stated = [keyword.value for keyword in node.keywords if keyword.arg == "chapter"] + node.args[2:3]
    if name in ("said", "label") and stated:
        return stated[0].value if isinstance(stated[0], ast.Constant) else ""
    return WORDED.get((name, room), WORDED.get((name, ""), ""))


def test_every_phrase_that_is_named_exists_and_gets_its_values():
    found = [call for call in calls() if call[1]]
    assert {chapter for _, chapter, *_ in found} >= set(WORDED.values())
    for where, chapter, key, told in found:
        texts = wording.phrases(chapter)
        entries = [name for name in texts if name == key or name.startswith(f"{key}.")]
        assert entries, f"{where}: {chapter} has no {key}"
        wanted = set().union(*(fields(texts[name]["zh"]) for name in entries))
        assert told is None or wanted <= told, f"{where}: {key} wants {wanted}"


# Chinese that stands in the sources because a rule looks for it, or because amounts are counted by it.
LOOKING = {
    "text",
    "reading",
    "structure",
    "quantities",
    "incentives",
    "pairing",
}  # rooms of rules: short words and patterns
CHARACTERS = (
    "零一二三 〇一二三 〇○零 第届点之 家个项条 的一是在 是年月日 吒夥後徵 咤伙后征".split()
)  # how a string begins that lists single characters
COUNTED = {  # elsewhere: patterns, units of amounts, and the name of a language in its own words
    "asking/functions.py": {"、"}, "asking/spread.py": {"。"}, "asking/terms.py": {"万亿"},
    "asking/redline.py": {"[一-龥]{2}|[0-9A-Za-z０-９]|[。;；!！?？\\n]", "[^。;!?\\n]{1,", "}[。;!?\\n]*|[。;!?\\n]+"},
    "charts/drawing/text.py": {"，。、；：？！）》〉”’」』】〕％%,.;:?!)]…·×", "第", "（《〈“‘「『【〔(["},
    "explorer/focus.py": {"、"}, "shown/translations.py": {"、"},
    "shown/html.py": {"一", "龥"},
    "explorer/window.py": {"中文"},
    "export/side_by_side.py": {"([0-9０-９]+(?:[.．][0-9０-９]+)?[万亿]*[%％]?)"},
    "export/workbook/formats.py": {"万亿", "亿", "万"},
    "asking/provenance.py": {"[。；;！!？?\\n]"}, "shown/marks.py": {"余", "多", "前"},
    "document/spans.py": {")(?![^,。;]{0,16}(?:", "。!?\n", ",;。\n", ";。\n"},
    "many/collection/statements.py": {"、"}, "export/panel.py": {"、"}, "many/corpus/filling.py": {"。"},
    "many/corpus/questions.py": {
        "[。；;\n]", "(.+)[:：]([0-9]+)(?:[/.]([0-9]+))?(?:[/.]([0-9]+))?", "[^\\s:：]+[:：][0-9/.]+", "。",
        "(SELECT * FROM clauses WHERE contains(title || '。' || text, ?)) m",
    },
    "many/corpus/vectors.py": {"[^一-龥A-Za-z]+"},
    "many/changes.py": {"元"}, "quantities/roles.py": {"、,。;等”\n"}, "shown/amounts.py": {"万亿", "亿", "万"},
}  # fmt: skip


def test_no_chinese_for_people_stands_in_the_sources():
    found = []
    for path, tree in SOURCES.items():
        name = path.relative_to(PACKAGE).as_posix()
        for text in chinese(tree):
            looked_for = len(text) <= 5 or text.startswith(tuple(CHARACTERS)) or not re.search("[一-龥]", text)
            rule = name.split("/")[0] in LOOKING and (looked_for or re.search(r"[\[\](|)?\\^*+{]", text))
            if not rule and text not in COUNTED.get(name, ()):
                found.append((name, text))
    assert found == []


def chinese(tree):
    """Return the Chinese strings of a source that are no docstrings."""
    scopes = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    first = [node.body[0] for node in scopes if node.body and isinstance(node.body[0], ast.Expr)]
    docs = {id(node.value) for node in first}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in strings if id(node) not in docs and re.search("[一-龥，。；：（）、]", node.value)]


def test_a_phrase_is_said_with_its_values():
    assert wording.said("clause", "zh", chapter="names", clause=3) == "第3条"
    assert wording.said("clause", "en", chapter="names", clause="{x}") == "cl. {x}"
    assert wording.label("budget", "en") == "budget"
    assert wording.label("budget", chapter="values") == "本级财政"
    assert wording.label("no such {name}", "en") == "no such {name}"
    with pytest.raises(KeyError):
        wording.said("no such phrase")
    with pytest.raises(KeyError, match="fr"):
        wording.said("clause", "fr", chapter="names", clause=3)
