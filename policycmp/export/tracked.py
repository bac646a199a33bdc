"""A new edition as tracked changes of the old one: a Word file that says the new text where all of them are accepted.

Where all are rejected, it says the old text. Both are the main text, a paragraph for each line that is not empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby
from pathlib import Path
from typing import Any, NamedTuple

from policycmp.asking import redline
from policycmp.document import Tables
from policycmp.export import word
from policycmp.shown.naming import tell_apart
from policycmp.wording import said

_AUTHOR = "policycmp"


class _Stroke(NamedTuple):
    """A stretch of text, and what becomes of it: nothing, ``del`` or ``ins``, as Word calls it."""

    change: str
    text: str


def write_tracked_changes(
    old: Tables, new: Tables, path: str | Path, *, lang: str = "zh", template: str | Path | None = None
) -> Path:
    """Write the text of ``new`` as tracked changes of that of ``old``, to be accepted or rejected in Word.

    Parameters
    ----------
    old, new : Tables
        The older and the newer document.
    path : str or Path
        The Word file.
    lang : str
        The language of the page's foot, zh or en.
    template : str or Path, optional
        A Word file of which the page, the head and foot and the styles are taken.

    Returns
    -------
    Path
        The Word file.

    Examples
    --------
    >>> old, new = policycmp.load("longwan"), policycmp.load("lucheng")
    >>> policycmp.export.write_tracked_changes(old, new, "tracked.docx").name
    'tracked.docx'
    """
    names = tell_apart([old, new], lang)
    title = said("tracked", lang, chapter="word", old=names[0], new=names[1])
    footer = " → ".join(one.policy.source_file for one in (old, new))
    doc = word.blank(title, lang=lang, landscape=False, footer=footer, template=template)
    runs = redline.redline(_text(old), _text(new), lexicon=old.policy.lexicon)
    _write(doc, _strokes(runs))
    return word.save(doc, path)


def _text(document: Tables) -> str:
    """Return the lines of the main text that are not empty."""
    start, end = document.parts.loc[document.parts["part"] == 0, ["start", "end"]].iloc[0]
    lines = (line.strip() for line in document.policy.text[int(start) : int(end)].splitlines())
    return "\n".join(filter(None, lines))


def _strokes(runs: Iterable[redline.Run]) -> Iterator[_Stroke]:
    """Yield what is kept, deleted and inserted; signs of another width count as the same in a redline, not here."""
    for run in runs:
        if run.kind == "same" and len(run.left) == len(run.right):
            for equal, chars in groupby(zip(run.left, run.right, strict=True), key=lambda pair: pair[0] == pair[1]):
                left, right = map("".join, zip(*chars, strict=True))
                yield from [_Stroke("", left)] if equal else [_Stroke("del", left), _Stroke("ins", right)]
        else:
            yield from (_Stroke(*stroke) for stroke in (("del", run.left), ("ins", run.right)) if stroke[1])


def _write(doc: Any, strokes: Iterable[_Stroke]) -> None:
    """Write paragraphs: a line feed ends one, and is kept, deleted or inserted as any other character."""
    paragraph, numbers = doc.add_paragraph(), count(1)
    for change, text in strokes:
        first, *more = text.split("\n")
        _add(paragraph, change, first, next(numbers))
        for line in more:
            _mark_end(paragraph, change, next(numbers))
            paragraph = doc.add_paragraph()
            _add(paragraph, change, line, next(numbers))


def _add(paragraph: Any, change: str, text: str, number: int) -> None:
    """Add a stretch of text to a paragraph."""
    from docx.oxml.ns import qn

    if not text:
        return
    run = paragraph.add_run(word.plain(text))._r
    if change:
        around = word.element(change, id=str(number), author=_AUTHOR)
        run.addprevious(around)
        around.append(run)
    if change == "del":
        for part in run.xpath("w:t"):
            part.tag = qn("w:delText")


def _mark_end(paragraph: Any, change: str, number: int) -> None:
    """Mark the end of a paragraph as deleted or inserted."""
    if change:
        about = word.element("rPr")
        about.append(word.element(change, id=str(number), author=_AUTHOR))
        paragraph._p.get_or_add_pPr().append(about)
