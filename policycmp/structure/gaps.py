"""A number that is missing in a sequence of headings → where it stands after all.

It is looked for where it should stand: in another style, misprinted, or inside a line. What is found so is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from policycmp.structure.markers import CHINESE, LONGEST_HEADING, SINGLE, STYLES, Marker, Notice
from policycmp.text.numerals import ONES, spell

LARGEST_GAP = 3  # numbers that may be missing in a row before a marker counts as something else
LARGEST_SPELT = 99  # beyond it a form such as 百零一 is too rare to be looked for
_MARKS = re.compile(r"[ #*]*")
_COUNTED = f"是年月日个大类级方次种位家项批名则要来者等部些般十.{ONES}0123456789"  # 三年, 一是: it heads nothing


class Gap(NamedTuple):
    """A missing number: it stands from ``low`` to ``high``, and is printed in the way of its ``sibling``.

    ``last`` says that it would be one more behind the last of a section, so that nothing tells whether there is one.
    """

    number: int
    low: int
    high: int
    sibling: Marker
    last: bool = False


class Found(NamedTuple):
    """A missing number that was found, and the phrase that says what is odd about it, if anything is."""

    marker: Marker
    odd: str = ""


class Gaps(NamedTuple):
    """What is needed to look for missing numbers.

    ``found`` are the markers that may be one, but for those at the offsets ``barred``; ``taken`` are the styles that
    mean something else, ``inner`` those of what stands inside, which count on behind no last one; ``what`` the notices
    are about: section, clause, or nobody's.
    """

    text: str
    found: Sequence[Marker]
    taken: set[str]
    what: str
    barred: Set[int] = frozenset()
    inner: Set[str] = frozenset()

    def fill(self, kept: Sequence[Marker], bounds: Sequence[int]) -> tuple[list[Marker], list[Notice]]:
        """Return ``kept`` with what is missing in it as far as it can be found, and what was odd.

        ``bounds`` are the offsets at which the numbering may start anew, and the end of the text.
        """
        full: list[Marker] = []
        notices: list[Notice] = []
        if not kept:
            return full, notices
        for marker, following in zip(kept, [*kept[1:], None], strict=True):
            self._fill_before(marker, bounds, full, notices)
            full.append(marker)
            self._go_on(marker, following, bounds, full, notices)
        return full, notices

    def _fill_before(self, marker: Marker, bounds: Sequence[int], full: list[Marker], notices: list[Notice]) -> None:
        """Add to ``full`` what is missing before ``marker``."""
        above = bisect_left(bounds, marker.start) - 1
        low, first = bounds[above] if above >= 0 else 0, 1
        before = full[-1] if full else None
        if before and before.number < marker.number:
            low, first = before.end, before.number + 1
        elif before and before.number == marker.number and (before.start >= low or marker.number > 1 + LARGEST_GAP):
            notices.append(Notice(marker.start, "numbering", f"{self.what}_doubled", marker.number))
            first = marker.number
        for number in range(first, marker.number):
            lost = self._find(Gap(number, low, marker.start, marker), notices)
            if lost:
                full.append(lost)
                low = lost.end
            else:
                notices.append(Notice(marker.start, "numbering", f"{self.what}_missing", number))

    def _go_on(
        self, marker: Marker, following: Marker | None, bounds: Sequence[int], full: list[Marker], notices: list[Notice]
    ) -> None:
        """Add to ``full`` what counts on behind ``marker`` where that is the last one of a section."""
        high = bounds[bisect_right(bounds, marker.start)] if following else bounds[-1]
        while following is None or following.start >= high > full[-1].end:
            number = full[-1].number + 1
            if following and following.number == number:
                return
            lost = self._find(Gap(number, full[-1].end, high, marker, last=True), notices)
            if not lost:
                return
            full.append(lost)

    def _find(self, gap: Gap, notices: list[Notice]) -> Marker | None:
        """Look for a missing number among the markers, then misprinted, then inside a line."""
        printed = _printed(self.text, gap.sibling, gap.number)
        found = self._among_markers(gap) or self._misprinted(gap, printed) or self._inside_a_line(gap, printed)
        if found and found.odd:
            notices.append(Notice(found.marker.start, "style", found.odd, gap.number))
        return found.marker if found else None

    def _region(self, gap: Gap) -> Sequence[Marker]:
        """Return the markers between which the number is missing."""
        low, high = (bisect_left(self.found, offset, key=attrgetter("start")) for offset in (gap.low, gap.high))
        return self.found[low:high]

    def _among_markers(self, gap: Gap) -> Found | None:
        """Take the marker of that number: in the style of its sibling, else in another that is no list."""
        region = self._region(gap)
        region = [marker for marker in region if marker.start not in self.barred]
        listed = {(marker.style, marker.number) for marker in region}
        for marker in region:
            if marker.number != gap.number:
                continue
            parted = self._is_parted(marker)
            if marker.style == gap.sibling.style and (parted or not gap.last):
                return Found(marker)
            beside = {(marker.style, gap.number - 1), (marker.style, gap.number + 1)}
            alone = beside.isdisjoint(listed) and marker.style not in self.taken
            alone = alone and not (gap.last and marker.style in self.inner)
            if alone and parted and (marker.line_start or not gap.last):
                return Found(marker, f"{self.what}_style")
        return None

    def _is_parted(self, marker: Marker) -> bool:
        """Tell whether a marker begins a line, or stands behind the end of a sentence."""
        if marker.line_start or self.text[: marker.start].rstrip(" ")[-1:] in "。)":
            return True
        return marker.style == "article" and self.text[marker.start - 1] == " "

    def _misprinted(self, gap: Gap, printed: str) -> Found | None:
        """Take a line that begins with the number as a slip of the pen leaves it."""
        region = self._region(gap)
        listed = {(marker.style, marker.number) for marker in region}
        known = {
            self._printed_at(marker)
            for marker in region
            if marker.start in self.barred
            or not listed.isdisjoint({(marker.style, marker.number - 1), (marker.style, marker.number + 1)})
        }
        for line in re.compile(r"(?P<line>^|\n)[ #*]*([^\n]+)").finditer(self.text, gap.low, gap.high):
            start, heading = line.start(2), line[2]
            if line.end("line") in self.barred or heading.rstrip(" ").endswith("|"):
                continue
            word = next((word for word in _misprints(printed, gap.number) if heading.startswith(word)), "")
            if not word or heading.strip() == word or start in known:
                continue
            if not word.isalnum() or self._heads(gap, word, heading):
                marker = Marker(gap.sibling.style, gap.number, start, start + len(word), True)
                return Found(marker, f"{self.what}_misprinted")
        return None

    def _printed_at(self, marker: Marker) -> int:
        """Return where a number is printed: behind the marks of a heading or of bold type."""
        before = _MARKS.match(self.text, marker.start)
        return before.end() if before else marker.start

    def _heads(self, gap: Gap, word: str, line: str) -> bool:
        """Tell whether a bare number heads a line, 三推进…: where one is missing, or what it heads is no sentence."""
        if line[len(word)] in _COUNTED:
            return False
        heading = self.what == "section" and len(line) <= LONGEST_HEADING and "。" not in line
        return heading or not (gap.last or word.isdigit())

    def _inside_a_line(self, gap: Gap, printed: str) -> Found | None:
        """Take the number where it is printed in a line, if its sibling stands in one, too."""
        if gap.sibling.line_start or not printed:
            return None
        pattern = re.compile(rf"(?<![第0-9一二三四五六七八九十至和、]){re.escape(printed)}(?![0-9])")
        inside = pattern.search(self.text, gap.low, gap.high)
        return Found(Marker(gap.sibling.style, gap.number, *inside.span(), False)) if inside else None


def _printed(text: str, sibling: Marker, number: int) -> str:
    """Return how ``number`` is printed in the form of its sibling, (十四) → (十三); "" where that has none."""
    form = re.search(rf"(?:{STYLES[sibling.style]})$", text[sibling.start : sibling.end])
    if not form or number > LARGEST_SPELT:
        return ""
    begin, end = next(form.span(group) for group in range(1, 9) if form[group])
    if any(form.string[begin] in signs for signs in SINGLE.values()):
        return ""  # ②, ⑵: a sign, not a number between marks
    digits = str(number) if form.string[begin].isascii() else spell(number)
    return form.string[form.start() : begin] + digits + form.string[end:]


@cache
def _misprints(word: str, number: int) -> list[str]:
    """Return what a number becomes with a character dropped, doubled or exchanged with the next, or its marks lost."""
    words = {re.sub(r"[\W_]", "", word)}
    for form in (word, re.sub(CHINESE, str(number), word)):
        for at, char in enumerate(form):
            before, behind = form[:at], form[at + 1 :]
            words |= {before + behind, before + char + char + behind, before + behind[:1] + char + behind[1:]}
    return sorted(words - {"", word}, key=lambda form: (-len(form), form))
