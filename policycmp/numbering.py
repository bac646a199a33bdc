"""Printed numbers → those that head the sections and clauses, found by what number follows which.

No pattern says what a clause is. Of all numbers that may head something, the longest sequence that counts up is taken
(`chain`), with gaps, doubled numbers and fresh starts allowed at a price; the style that divides the text and the one
that counts on inside it are told by those sequences (`levels`); a number that is missing from one is looked for where
it should stand, in another style, inside a line or misprinted (`fill`).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from policycmp import lexicon
from policycmp.documents import Policy
from policycmp.numerals import chinese

LARGEST_GAP = 3  # numbers that may be missing in a row before a marker counts as something else
GAP_COST = 0.6  # of a missing number, where a marker in its place counts 1: two markers are worth three missing ones
DOUBLED = 0.5  # what a marker counts that repeats the number before it

_CN = "[一二三四五六七八九十百零〇]{1,5}"
_NUM = "[0-9](?: ?[0-9]){0,2}"
STYLES = {  # from the outside in
    "chapter": rf"第 ?({_CN}|{_NUM}) ?[章编篇]|第({_CN})部分",
    "cn_dot": rf"({_CN}) ?[、.](?![0-9])",
    "cn_paren": rf"\( ?({_CN}) ?\)[、.]?",
    "article": rf"第 ?({_CN}|{_NUM}) ?条(?![例款规之])[:、.]?",
    "num_dot": rf"({_NUM}) ?[、.](?![0-9])",
    "num_paren": r"\(([0-9]{1,3})\)[、.]?|([0-9]{1,3})\)",
}
_RANK = {style: rank for rank, style in enumerate(STYLES)}
_SECTION_STYLES = ("chapter", "cn_dot", "cn_paren")
_ONES = "零一二三四五六七八九"
_COUNTED = f"是年月日个大类级方次种位家项批名则要来者等部些般十.{_ONES}0123456789"  # 三年, 一是: it heads nothing


class Marker(NamedTuple):
    """A printed number that may head a section or a clause; the heading's text begins at ``end``."""

    style: str
    number: int
    start: int
    end: int
    line_start: bool


class Notice(NamedTuple):
    """Something odd in a document, and where."""

    offset: int
    kind: str
    text: str


def markers(policy: Policy) -> list[Marker]:
    """Return every printed number that may head something, in the order of the text."""
    leftover = "|".join(policy.words["leftovers"])
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
                    start = gap.start("left")  # what a word processor left belongs to no text
                    found.append(Marker(style, int(number), start, match.end(), gap["line"] is not None))
                break
    return found


def outside(style: str, other: str) -> bool:
    """Tell whether ``style`` stands further out than ``other``, as 一、 does for (一)."""
    return _RANK[style] < _RANK[other]


def chain(candidates: Sequence[Marker], fresh: Sequence[int]) -> list[Marker]:
    """Return the best sequence that counts up; at each offset in ``fresh`` it may start anew or count on."""
    best: dict[int, tuple[float, int]] = {}  # last number → score of the best sequence so far, its last marker
    back: list[int] = []
    top, closed = (0.0, -1), (0.0, -1)
    passed = 0
    for i, marker in enumerate(candidates):
        while passed < len(fresh) and fresh[passed] <= marker.start:
            closed, passed = top, passed + 1
        options = [(best[n][0] + 1 - GAP_COST * (marker.number - n - 1), best[n][1])
                   for n in range(marker.number - 1, marker.number - 2 - LARGEST_GAP, -1) if n in best]  # fmt: skip
        if marker.number <= 1 + LARGEST_GAP:
            options.append((closed[0] + 1 - GAP_COST * (marker.number - 1), closed[1]))
        if marker.number in best and best[marker.number][1] == i - 1:  # doubled: nothing stands between the two
            options.append((best[marker.number][0] + DOUBLED, i - 1))
        score, before = max(options, key=lambda option: option[0], default=(0.0, -1))
        back.append(before)
        if options and score > best.get(marker.number, (-math.inf, -1))[0]:
            best[marker.number] = (score, i)
            top = max(top, (score, i), key=lambda pair: pair[0])
    found, i = [], top[1]
    while i >= 0:
        found.append(candidates[i])
        i = back[i]
    return found[::-1]


def levels(policy: Policy, found: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """Return the headings of sections and those of clauses, before anything missing is filled in."""
    lines = [marker for marker in found if marker.line_start]
    heads, inner = _divided(policy, lines)
    if heads:
        return heads, inner
    inside, within = _divided(policy, found)  # headings inside a line: a whole document may be one
    chains = {style: chain([m for m in lines if m.style == style], [0]) for style in reversed(STYLES)}
    plain = max((chains[style] for style in chains if style != "chapter"), key=len)
    if inside and (len(plain) < 2 or len(within) >= 2 * max(len(inside), len(plain))):
        return inside, within
    if len(plain) < 2:
        plain = max((chain([m for m in found if m.style == style], [0]) for style in chains if style != "chapter"), key=len)
    return [], plain if len(plain) >= 2 else []


def _divided(policy: Policy, strong: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """Return headings and clauses by the outermost style that has as many clauses as headings inside it."""
    for style in _SECTION_STYLES:
        heads = _heads(policy, [marker for marker in strong if marker.style == style])
        if heads and heads[0].number > 1:  # the first is misprinted or stands inside a line
            heads, _ = Gaps(policy.folded, markers(policy), set(STYLES), "").fill(heads, [0, len(policy.folded)])
        if not heads or (heads[0].number > 1 and len(heads) < 3):
            continue
        inner = clauses_in(heads, strong)
        before = {marker.style for marker in strong if marker.start < heads[0].start}
        if len(inner) >= max(2, len(heads)) and not (style == "cn_paren" and inner[0].style in before):
            return heads, inner
    return [], []


def _heads(policy: Policy, own: list[Marker]) -> list[Marker]:
    """Return the headings of one style; they start anew under the title of a second document in the same file."""
    text = policy.folded
    names = [re.sub(r"[ .·…0-9]+$", "", text[m.end : m.end + 60].split("\n")[0]).replace(" ", "") for m in own]
    for i, marker in enumerate(own):  # the same heading again, the lines between close together: a table of contents
        listed = own[:i]
        if listed and marker.number == listed[0].number and names[i] and names[i] == names[0]:
            if all(two.start - one.end < 120 for one, two in pairwise(listed)):
                own = own[i:]
            break
    ends = [0, *(marker.end for marker in own)]
    fresh = [m.start for m, end in zip(own, ends, strict=False) if m.number == 1 and title(policy, end, m.start)]
    return chain(own, fresh)


def title(policy: Policy, start: int, end: int) -> re.Match[str] | None:
    """Return the first line between ``start`` and ``end`` that is a title, of a second document in the same file."""
    kinds = lexicon.any_of(policy.words["title_kinds"])
    return re.compile(rf"(?:^|\n) *[^\n。:,《]{{2,40}}{kinds} *(?=\n)").search(policy.folded, start, end)


def clauses_in(heads: Sequence[Marker], strong: Sequence[Marker]) -> list[Marker]:
    """Return the clauses inside the sections: the style that opens most of them, or a deeper one that counts on."""
    starts = [head.start for head in heads]
    rooms: list[list[Marker]] = [[] for _ in heads]
    for marker in strong:
        if marker.start > starts[0] and _RANK[marker.style] > _RANK[heads[0].style]:
            rooms[bisect_right(starts, marker.start) - 1].append(marker)
    firsts = Counter(room[0].style for room in rooms if room)
    if not firsts:
        return []
    main = max(firsts, key=lambda style: (firsts[style], -_RANK[style]))
    everything = [marker for room in rooms for marker in room]
    units = [marker.start for marker in everything if marker.style == main]
    running = ""
    for style in list(STYLES)[_RANK[main] + 1 :]:
        steps = [
            two.number - one.number
            for one, two in pairwise(marker for marker in everything if marker.style == style)
            if bisect_right(units, one.start) < bisect_right(units, two.start)
        ]
        if steps.count(1) > len(steps) / 2:
            running = style
            break
    picked: list[Marker] = []
    for room in rooms:
        styles = [marker.style for marker in room]
        style = next((s for s in (running, main) if s in styles), "")
        if not style and room:  # a section that numbers in its own way
            own = [marker.number for marker in room if marker.style == styles[0] and marker.line_start]
            style = styles[0] if own[:2] == [1, 2] else ""
        picked += [marker for marker in room if marker.style == style]
    return chain(picked, starts)


class Gaps(NamedTuple):
    """What is needed to look for missing numbers: ``taken`` are the styles that mean something else."""

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
                notices.append(Notice(marker.start, "numbering", f"{self.what}序号 {marker.number} 重复"))
                first = marker.number
            for number in range(first, marker.number):
                lost = self._lost(number, low, marker.start, marker)
                notices += self._odd(number, lost, marker)
                full += [lost] if lost else []
                low = lost.end if lost else low
            full.append(marker)
            high = bounds[-1] if following is None else next(offset for offset in bounds if offset > marker.start)
            while following is None or following.start >= high:  # the last ones of a section
                lost = self._lost(full[-1].number + 1, full[-1].end, high, marker, last=True)
                if not lost or (following and following.number == lost.number):
                    break
                notices += self._odd(lost.number, lost, marker)
                full.append(lost)
        return full, notices

    def _odd(self, number: int, lost: Marker | None, sibling: Marker) -> list[Notice]:
        what = self.what
        if not lost:
            return [Notice(sibling.start, "numbering", f"{what}序号缺少 {number}")]
        if lost.style != sibling.style:
            return [Notice(lost.start, "style", f"第 {number} {what}的标题序号写法与其他{what}不同")]
        printed = re.search(rf"(?:{STYLES[lost.style]})$", self.text[lost.start : lost.end])
        return [] if printed else [Notice(lost.start, "style", f"{what}序号 {number} 的写法有误")]

    def _lost(self, number: int, low: int, high: int, sibling: Marker, *, last: bool = False) -> Marker | None:
        """Look for ``number`` from ``low`` to ``high``: in its own style, in another one, misprinted, inside a line."""
        text, found = self.text, self.found
        region = found[bisect_left(found, low, key=_start) : bisect_left(found, high, key=_start)]
        listed = {(marker.style, marker.number) for marker in region}
        for marker in (marker for marker in region if marker.number == number):
            parted = marker.line_start or text[: marker.start].rstrip(" ")[-1:] in "。)"
            parted = parted or (marker.style == "article" and text[marker.start - 1] == " ")
            if marker.style == sibling.style and (parted or not last):
                return marker
            alone = (marker.style, number - 1) not in listed  # else it is one of a list
            if alone and parted and marker.style not in self.taken and (marker.line_start or not last):
                return marker
        printed = _printed(text[sibling.start : sibling.end], sibling.style, number)
        words = _misprints({printed[0], re.sub(_CN, str(number), printed[0])}) if printed else []
        in_list = {m.start for m in region if {(m.style, m.number - 1), (m.style, m.number + 1)} & listed}
        for line in re.compile(r"(?:^|\n)[ #*]*([^\n]+)").finditer(text, low, high):
            word = next((word for word in words if line[1].startswith(word)), "")
            bare = word.isalnum()  # 三推进…: only where such a number is missing, or what it heads is no sentence
            if not word or line[1].strip() == word or line.start(1) in in_list:
                continue
            heading = self.what == "部分" and len(line[1]) <= 60 and "。" not in line[1]
            if not bare or (line[1][len(word)] not in _COUNTED and (heading or not (last or word.isdigit()))):
                return Marker(sibling.style, number, line.start(1), line.start(1) + len(word), True)
        inside = (
            re.compile(rf"(?<![第0-9一二三四五六七八九十至和、]){re.escape(printed[0])}(?![0-9])") if printed else None
        )
        match = inside.search(text, low, high) if inside and not sibling.line_start else None
        return Marker(sibling.style, number, *match.span(), False) if match else None


def _start(marker: Marker) -> int:
    return marker.start


def _printed(sibling: str, style: str, number: int) -> list[str]:
    """Return how ``number`` is printed in the form of its sibling, (十四) → (十三); nothing beyond 99."""
    form = re.search(rf"(?:{STYLES[style]})$", sibling)
    if not form or number > 99:
        return []
    digits = next(i for i in range(1, len(form.groups()) + 1) if form[i])
    tens, ones = divmod(number, 10)
    spelled = ("" if tens < 2 else _ONES[tens]) + "十" * (tens > 0) + (_ONES[ones] if ones else "")
    begin, end = form.start(digits) - form.start(), form.end(digits) - form.start()
    return [form[0][:begin] + (str(number) if form[digits][0].isascii() else spelled) + form[0][end:]]


def _misprints(printed: Iterable[str]) -> list[str]:
    """Return what words become with a character dropped, doubled or exchanged with the next, or their marks lost."""
    words = set()
    for word in printed:
        for i in range(len(word)):
            words |= {
                word[:i] + word[i + 1 :],
                word[: i + 1] + word[i:],
                word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :],
            }
        words.add(re.sub(r"[\W_]", "", word))
    return sorted(words - {"", *printed}, key=lambda word: (-len(word), word))
