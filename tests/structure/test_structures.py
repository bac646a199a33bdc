"""Structures as real documents have them, one made-up document for each, and what a slip of the pen may change."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import quantities, reading
from policycmp.reading import Policy
from policycmp.structure import clauses

FOLDER = Path(__file__).parents[1] / "documents" / "structures"
READ = ("role", "indicator", "comparator", "value", "unit", "as_written", "commitment")


def read(text):
    return clauses.read_structure(Policy("made", text, "made.txt", "", "utf-8", year=2025, body_end=len(text)))


def shown(text):
    """Number, title, bodies (a lead with a star) and the end of the text of every section and clause; what was odd."""
    result = read(text)
    lines = []
    for unit in sorted([*result.sections, *result.clauses], key=lambda unit: unit.marker.start):
        names = (f"{'*' * (role == 'lead')}{body}{f'〈{alias}〉' * bool(alias)}" for body, alias, role in unit.bodies)
        number = f"{unit.section}.{unit.clause}" if unit.clause else f"{unit.section}"
        number = f"part {unit.part}: {number}" if unit.part else number
        cells = (text[slice(*unit.title)], "、".join(names), text[slice(*unit.text)][-12:].replace("\n", "/"))
        lines.append(" | ".join([number, *(cell or "-" for cell in cells)]))
    return [*lines, *(f"! {result.policy.line(notice.offset)} {notice.said()}" for notice in result.notices)]


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.txt")))
def test_a_structure_is_read_as_a_reader_would(name):
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert shown(text) == (FOLDER / f"{name}.table").read_text(encoding="utf-8").splitlines()


def test_every_document_has_its_table():
    assert {file.stem for file in FOLDER.glob("*.txt")} == {file.stem for file in FOLDER.glob("*.table")}


@pytest.mark.parametrize("name", ["annex_and_table", "note_on_validity", "third_level_runs_on"])
def test_what_closes_a_document_is_outside(name):
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    result = read(text)
    assert list(result.blocks())[-1].place == (0, 0)


# A slip of the pen changes what it touches. ------------------------------------------------------------------------
# Touched is every section, clause or part outside of them that holds a changed character or begins or ends at one; what
# a word processor left before a number belongs to no text and counts to both of its neighbours. Everything else keeps
# its number, title, text, bodies and quantities, and no number appears that was not there, but for a touched one's own.


@cache
def shipped(name):
    policy = reading.load(name)
    text = policy.text[: policy.body_end]
    places = [(block.start, block.end, block.place) for block in read(text).blocks()]
    near = {spot for start, _, _ in places for spot in range(max(0, start - 3), min(start + 9, len(text)))}
    sensitive = near | {i for i, c in enumerate(text) if c in "()（）〈〉\n:：、。"}
    return text, places, contents(text), sorted(sensitive)


def contents(text):
    result = read(text)
    found = {
        (unit.section, unit.clause): [text[slice(*unit.title)], text[slice(*unit.text)], unit.bodies]
        for unit in [*result.sections, *result.clauses]
    }
    for row in quantities.quantity_rows(result):
        found.setdefault((row["section"], row["clause"]), []).append([row[name] for name in READ])
    return {place: repr(what) for place, what in found.items()}


def partner(text, spot):
    """The bracket that closes the one at ``spot``."""
    depth = 0
    for i in range(spot, len(text)):
        depth += (text[i] in "(（") - (text[i] in ")）")
        if depth == 0:
            return i
    return spot


def slip(text, kind, spot):
    """The text with one slip of the pen near ``spot``, and the offsets in the old text that it changed."""
    if kind == "join":
        spot = text.find("\n", spot)
        stop = len(text) - len(text[spot:].lstrip())
        return (text[:spot] + text[stop:], [spot - 1, stop]) if spot != -1 else (text, [])
    if kind == "unbracket":
        spot = min(found) if (found := [i for c in "(（" if (i := text.find(c, spot)) != -1]) else -1
        close = partner(text, spot)
        return (text[:spot] + text[spot + 1 : close] + text[close + 1 :], [spot, close]) if spot != -1 else (text, [])
    after = {"drop": "", "double": text[spot] * 2, "swap": text[spot + 1 : spot + 2] + text[spot]}[kind]
    return text[:spot] + after + text[spot + len(after or " ") - (kind == "double") :], [spot, spot + (kind == "swap")]


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_slip_of_the_pen_changes_only_what_it_touches(data):
    text, places, before, sensitive = shipped(data.draw(st.sampled_from(["longwan", "lucheng"])))
    kind = data.draw(st.sampled_from(["drop", "double", "swap", "join", "unbracket"]))
    spot = data.draw(st.sampled_from(sensitive) | st.integers(0, len(text) - 1))
    changed, offsets = slip(text, kind, spot)
    left = [(at, at + text[at:].index("]")) for at in [text.find("[bookmark")] if at != -1]
    offsets += [end + 1 for begin, end in left if any(begin <= at <= end for at in offsets)]
    offsets += [begin - 1 for begin, end in left if any(begin <= at <= end + 1 for at in offsets)]
    touched = {place for start, end, place in places if any(start <= at + 1 and at <= end for at in offsets)}
    after = contents(changed)
    assert {place: what for place, what in before.items() if place not in touched and after.get(place) != what} == {}
    assert len(set(after) - set(before)) <= len([place for place in touched if place not in after])
