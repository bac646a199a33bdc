"""The phrase book is whole: every phrase in both languages, every phrase used, and every word in it."""

import ast
import re
import string
from pathlib import Path

import pytest

from policycmp import wording

PACKAGE = Path(wording.__file__).parents[1]
CHAPTERS = sorted(path.stem for path in Path(wording.__file__).parent.glob("*.toml"))
PHRASES = [(chapter, key) for chapter in CHAPTERS for key in wording.phrases(chapter)]
# Chapters whose phrases are used in one room alone; all others are for the whole house.
ROOMS = {"charts": "charts", "explorer": "explorer", "page": "report", "word": "export", "workbook": "export"}
DATA = {"units", "files"}  # chapters whose keys come from the texts that are read, or from the names of files
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
        assert not re.search("[一-龥，。；：（）]", texts["en"]), key


def used(room=""):
    """Return the strings of the sources of a room, and the patterns of those that are put together."""
    plain, made = set(), set()
    for page in (PACKAGE / room).rglob("*.html"):
        plain |= set(re.findall(r"\$(\w+)", page.read_text(encoding="utf-8")))
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
    names = {key: (key, f"left_{key}") for key in keys - plain}  # a column of one side may be named by its part
    assert [key for key, ways in names.items() if not any(re.fullmatch(one, way) for one in made for way in ways)] == []


def calls():
    """Yield each call that names a phrase: where, the chapter, the key, and the names of its values if all are told."""
    for path, tree in SOURCES.items():
        room = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                chapter = chapter_of(name, room, node)
                if chapter and isinstance(node.args[0].value, str):
                    names = [keyword.arg for keyword in node.keywords]
                    told = None if None in names or name == "label" else set(names) - {"chapter", "lang"}
                    yield f"{path.name}:{node.lineno}", chapter, node.args[0].value, told


def chapter_of(name, room, node):
    stated = [keyword.value for keyword in node.keywords if keyword.arg == "chapter"] + node.args[2:3]
    if name in ("said", "label") and stated:
        return stated[0].value if isinstance(stated[0], ast.Constant) else ""
    if name in ("say", "word"):
        return room if room in ("charts", "explorer") else ""
    return {"said": "sentences", "label": "labels"}.get(name, "")


def test_every_phrase_that_is_named_exists_and_gets_its_values():
    found = list(calls())
    assert len(found) > 100
    for where, chapter, key, told in found:
        assert key in wording.phrases(chapter), f"{where}: {chapter} has no {key}"
        wanted = fields(wording.phrases(chapter)[key]["zh"])
        assert told is None or wanted <= told, f"{where}: {key} wants {wanted}"


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
