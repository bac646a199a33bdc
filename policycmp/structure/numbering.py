"""Printed numbers → those that head the sections and clauses, found by what number follows which.

No pattern says what a clause is. Of all numbers that may head something the longest sequence that counts up is taken
(`chain`), with gaps, doubled numbers and fresh starts at a price; which style divides the text and which counts on
inside it is told by those sequences (`levels`); a number that is missing in one is looked for where it should stand:
in another style, inside a line or misprinted (`Gaps`).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from policycmp.reading.policy import Policy
from policycmp.text.numerals import ONES, chinese, spell
from policycmp.wording import said

LARGEST_GAP = 3  # numbers that may be missing in a row before a marker counts as something else
GAP_COST = 0.6  # of a missing number, where a marker in its place counts 1: two markers are worth three missing ones
DOUBLED = 0.5  # what a marker counts that repeats the number before it

_CN, _NUM = "[一二三四五六七八九十百零〇]{1,5}", "[0-9](?: ?[0-9]){0,2}"
STYLES = {  # from the outside in
    "chapter": rf"第 ?({_CN}|{_NUM}) ?[章编篇]|第({_CN})部分",
    "cn_dot": rf"({_CN}) ?[、.](?![0-9])",
    "cn_paren": rf"\( ?({_CN}) ?\)[、.]?",
    "article": rf"第 ?({_CN}|{_NUM}) ?条(?![例款规之])[:、.]?",
    "num_dot": rf"({_NUM}) ?[、.](?![0-9])",
    "num_paren": r"\(([0-9]{1,3})\)[、.]?|([0-9]{1,3})\)",
}
RANK = {style: rank for rank, style in enumerate(STYLES)}
_COUNTED = f"是年月日个大类级方次种位家项批名则要来者等部些般十.{ONES}0123456789"  # 三年, 一是: it heads nothing


class Marker(NamedTuple):
    """A printed number that may head a section or a clause; the heading's text begins at ``end``."""

    style: str
    number: int
    start: int
    end: int
    line_start: bool


class Notice(NamedTuple):
    """Something odd in a document, and where: a phrase of the chapter ``notices``, and the number that it is about."""

    offset: int
    kind: str
    key: str
    number: int

    def said(self, lang: str = "zh") -> str:
        """Return the notice in words."""
        return said(self.key, lang, chapter="notices", number=self.number)


def markers(policy: Policy) -> list[Marker]:
    """Return every printed number that may head something, in the order of the text."""
    leftover = "|".join(policy.lexicon["leftovers"])
    boundary = re.compile(rf"(?:(?P<line>^|\n)|(?<=[。;!)\]”:])|(?<=[^\s]) )[ #*]*(?P<left>(?:(?:{leftover})\s*)*)")
    styles = {name: re.compile(pattern) for name, pattern in STYLES.items()}
    found = []
    for gap in boundary.finditer(policy.folded):
        for style, pattern in styles.items():
            match = pattern.match(policy.folded, gap.end())
            if match:
                digits = next(group for group in match.groups() if group).replace(" ", "")
                number = int(digits) if digits.isascii() else chinese(digits)
                if number is not None:
                    start = (
                        gap.start("left") if gap["line"] is None else gap.end("line")
                    )  # with what a word processor left
                    found.append(Marker(style, int(number), start, match.end(), gap["line"] is not None))
                break
    return found


def chain(candidates: Sequence[Marker], fresh: Sequence[int]) -> list[Marker]:
    """Return the best sequence that counts up; at each offset in ``fresh`` it may start anew or count on."""
    best: dict[int, tuple[float, int]] = {}  # last number → score of the best sequence so far, its last marker
    back: list[int] = []
    top, closed = (0.0, -1), (0.0, -1)
    passed = 0
    for i, (_, number, start, _, _) in enumerate(candidates):
        while passed < len(fresh) and fresh[passed] <= start:
            closed, passed = top, passed + 1
        steps = {last: 1 - GAP_COST * (number - last - 1) for last in range(number - 1, number - 2 - LARGEST_GAP, -1)}
        if number in best and best[number][1] == i - 1:  # doubled: nothing stands between the two
            steps[number] = DOUBLED
        options = [(best[last][0] + gain, best[last][1]) for last, gain in steps.items() if last in best]
        if number <= 1 + LARGEST_GAP:
            options.append((closed[0] + 1 - GAP_COST * (number - 1), closed[1]))
        score, before = max(options, key=lambda option: option[0], default=(-math.inf, -1))
        back.append(before)
        if score > best.get(number, (-math.inf, -1))[0]:
            best[number] = (score, i)
            top = (score, i) if score > top[0] else top
    found, i = [], top[1]
    while i >= 0:
        found.append(candidates[i])
        i = back[i]
    return found[::-1]


def levels(policy: Policy, found: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """Return the headings of sections and those of clauses, before anything missing is filled in."""
    lines = [marker for marker in found if marker.line_start]
    plain: list[Marker] = []
    for strong in (lines, found):  # a whole document may stand in one line
        heads, inner = _divided(policy, strong)
        if heads and (strong is lines or len(plain) < 2 or len(inner) >= 2 * max(len(heads), len(plain))):
            return heads, inner
        if len(plain) < 2:
            plain = max((chain([m for m in strong if m.style == style], [0]) for style in [*STYLES][:0:-1]), key=len)
    return [], plain if len(plain) >= 2 else []


def _divided(policy: Policy, strong: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """Return headings and clauses by the outermost style that has as many clauses as headings inside it."""
    for style in [*STYLES][:3]:
        own = [marker for marker in strong if marker.style == style]
        names = [policy.folded[marker.end : marker.end + 8].split("\n")[0].rstrip(" .…0123456789") for marker in own]
        own = own[next((i for i in range(1, len(own)) if names[i] and names[i] == names[0]), 0) :]  # after the contents
        ends = [0, *(marker.end for marker in own)]
        fresh = [m.start for m, end in zip(own, ends, strict=False) if m.number == 1 and title(policy, end, m.start)]
        heads = chain(own, fresh)
        if heads and heads[0].number > 1:  # the first is misprinted or stands inside a line
            heads, _ = Gaps(policy.folded, markers(policy), {*STYLES}, "").fill(heads, [0, len(policy.folded)])
        if heads and (heads[0].number == 1 or len(heads) > 2):
            inner = clauses_in(heads, strong)
            before = {marker.style for marker in strong if marker.start < heads[0].start}
            if len(inner) >= max(2, len(heads)) and not (style == "cn_paren" and inner[0].style in before):
                return heads, inner
    return [], []


def title(policy: Policy, start: int, end: int) -> re.Match[str] | None:
    """Return the first line between ``start`` and ``end`` that is a title, of a second document in the same file."""
    kinds = policy.lexicon.any_of("title_kinds")
    return re.compile(rf"(?:^|\n) *[^\n。:,《]{{2,40}}{kinds} *(?=\n)").search(policy.folded, start, end)


def clauses_in(heads: Sequence[Marker], strong: Sequence[Marker]) -> list[Marker]:
    """Return the clauses inside the sections: the style that opens most of them, or a deeper one that counts on."""
    starts = [head.start for head in heads]
    lower = [m for m in strong if m.start > starts[0] and RANK[m.style] > RANK[heads[0].style]]
    rooms: list[list[Marker]] = [[] for _ in heads]
    for marker in lower:
        rooms[bisect_right(starts, marker.start) - 1].append(marker)
    firsts = Counter(room[0].style for room in rooms if room)
    chosen = sorted(firsts, key=lambda style: (-firsts[style], RANK[style]))[:1]
    units = [marker.start for marker in lower if marker.style in chosen]
    for style in [*STYLES][RANK[chosen[0]] + 1 :] if chosen else []:  # from one unit to the next, does it count on?
        own = pairwise(marker for marker in lower if marker.style == style)
        steps = [b.number - a.number for a, b in own if bisect_right(units, a.start) < bisect_right(units, b.start)]
        chosen += [style] if steps.count(1) > len(steps) / 2 else []
    picked: list[Marker] = []
    for room in rooms:
        used = next((style for style in chosen[::-1] if any(marker.style == style for marker in room)), "")
        own_way = [marker.number for marker in room if marker.style == room[0].style and marker.line_start]
        if not used and own_way[:2] == [1, 2]:  # a section that numbers in its own way
            used = room[0].style
        picked += [marker for marker in room if marker.style == used]
    return chain(picked, starts)


class Gaps(NamedTuple):
    """What is needed to look for missing numbers.

    ``taken`` are the styles that mean something else; ``what`` the notices are about: section, clause, or nobody's.
    """

    text: str
    found: Sequence[Marker]
    taken: set[str]
    what: str

    def fill(self, kept: Sequence[Marker], bounds: Sequence[int]) -> tuple[list[Marker], list[Notice]]:
        """Return ``kept`` with what is missing in it as far as it can be found, and what was odd.

        ``bounds`` are the offsets at which the numbering may start anew, and the end of the text.
        """
        full: list[Marker] = []
        notices: list[Notice] = []
        for marker, following in zip(kept, [*kept[1:], None], strict=True):
            low, first = max((start for start in bounds if start < marker.start), default=0), 1
            if full and full[-1].number < marker.number:
                low, first = full[-1].end, full[-1].number + 1
            elif full and full[-1].number == marker.number > (0 if full[-1].start >= low else 1 + LARGEST_GAP):
                notices.append(Notice(marker.start, "numbering", f"{self.what}_doubled", marker.number))
                first = marker.number
            for number in range(first, marker.number):
                lost = self._lost(number, low, marker.start, marker, notices)
                if lost:
                    full.append(lost)
                    low = lost.end
                else:
                    notices.append(Notice(marker.start, "numbering", f"{self.what}_missing", number))
            full.append(marker)
            high = bounds[-1] if following is None else next(offset for offset in bounds if offset > marker.start)
            while following is None or following.start >= high > full[-1].end:  # behind the last one of a section
                number = full[-1].number + 1
                known = following and following.number == number
                lost = None if known else self._lost(number, full[-1].end, high, marker, notices, last=True)
                if not lost:
                    break
                full.append(lost)
        return full, notices

    def _lost(
        self, number: int, low: int, high: int, sibling: Marker, notices: list[Notice], *, last: bool = False
    ) -> Marker | None:
        """Look for ``number`` from ``low`` to ``high``: in its own style, in another one, misprinted, inside a line."""
        text, what, (style, _, *span, in_line) = self.text, self.what, sibling
        region = self.found[bisect_left(self.found, low, key=_start) : bisect_left(self.found, high, key=_start)]
        listed = {(marker.style, marker.number) for marker in region}
        for marker in (marker for marker in region if marker.number == number):
            parted = marker.line_start or text[: marker.start].rstrip(" ")[-1:] in "。)"
            parted = parted or (marker.style == "article" and text[marker.start - 1] == " ")
            if marker.style == style and (parted or not last):
                return marker
            alone = (marker.style, number - 1) not in listed and marker.style not in self.taken  # else one of a list
            if alone and parted and (marker.line_start or not last):
                notices.append(Notice(marker.start, "style", f"{what}_style", number))
                return marker
        printed = _printed(text[slice(*span)], style, number)
        listed_at = {m.start for m in region if {(m.style, m.number - 1), (m.style, m.number + 1)} & listed}
        for line in re.compile(r"(?:^|\n)[ #*]*([^\n]+)").finditer(text, low, high):
            word = next((word for word in _misprints(printed, number) if line[1].startswith(word)), "")
            if not word or line[1].strip() == word or line.start(1) in listed_at:
                continue
            heading = what == "section" and len(line[1]) <= 60 and "。" not in line[1]
            bare = word.isalnum()  # 三推进…: only where such a number is missing, or what it heads is no sentence
            if not bare or (line[1][len(word)] not in _COUNTED and (heading or not (last or word.isdigit()))):
                notices.append(Notice(line.start(1), "style", f"{what}_misprinted", number))
                return Marker(style, number, line.start(1), line.start(1) + len(word), True)
        inside = re.compile(rf"(?<![第0-9一二三四五六七八九十至和、]){re.escape(printed)}(?![0-9])").search(
            text, low, high
        )
        return Marker(style, number, *inside.span(), False) if inside and printed and not in_line else None


def _start(marker: Marker) -> int:
    return marker.start


def _printed(sibling: str, style: str, number: int) -> str:
    """Return how ``number`` is printed in the form of its sibling, (十四) → (十三); nothing beyond 99."""
    form = re.search(rf"(?:{STYLES[style]})$", sibling)
    if not form or number > 99:
        return ""
    begin, end = next(form.span(i) for i in range(1, 9) if form[i])
    digits = str(number) if sibling[begin].isascii() else spell(number)
    return sibling[form.start() : begin] + digits + sibling[end:]


@cache
def _misprints(word: str, number: int) -> list[str]:
    """Return what a number becomes with a character dropped, doubled or exchanged with the next, or its marks lost."""
    words = {re.sub(r"[\W_]", "", word)}
    for form in (word, re.sub(_CN, str(number), word)):
        for i, c in enumerate(form):
            words |= {
                form[:i] + form[i + 1 :],
                form[:i] + c + form[i:],
                form[:i] + form[i + 1 : i + 2] + c + form[i + 2 :],
            }
    return sorted(words - {"", word}, key=lambda form: (-len(form), form))
