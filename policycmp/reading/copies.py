"""A source may hold its text more than once: only the first copy is read."""

from __future__ import annotations

import difflib
from collections import Counter

from policycmp.text.normalize import fold, squeeze

FEW_LINES = 4  # so long ones: fewer tell nothing
# Paragraphs of so many characters do not stand twice by chance; a second copy may be cut short, or an older state of
# the text, so that this share of them is repeated. Shorter ones may, but not nearly all of them.
REPEATED = {40: 0.6, 15: 0.9}
ALIKE_HEAD = 0.6  # of a line's characters: the second copy's head may have the date, or the title, a little changed


def copies_of(text: str) -> tuple[int, int]:
    """Return how often ``text`` holds its own long paragraphs, and where the first copy ends."""
    lines = fold(text).split("\n")  # one character for one: \r, too, ends a line
    keys = [squeeze(line) for line in lines]
    counts = Counter(keys)
    long_ones = {length: [i for i, key in enumerate(keys) if len(key) >= length] for length in REPEATED}
    length = next((length for length, own in long_ones.items() if len(own) >= FEW_LINES), 0)
    long = long_ones.get(length, [])
    repeated = [number for number in long if counts[keys[number]] > 1]
    if not long or len(repeated) < REPEATED[length] * len(long):
        return 1, len(text)
    copies = Counter(counts[keys[number]] for number in repeated).most_common(1)[0][0]
    first = repeated[0]
    second = keys.index(keys[first], first + 1)
    cut = _head_of_second(keys, first, second)
    return copies, sum(len(line) + 1 for line in lines[:cut])


def _head_of_second(keys: list[str], first: int, second: int) -> int:
    """Return the line with which the second copy begins: its head stands above its first long paragraph, ``second``."""
    header = [key for key in keys[:first] if key]
    cut = second
    while cut > first and (not keys[cut - 1] or _stands_in(keys[cut - 1], header)):
        cut -= 1
    while cut < second and not keys[cut]:
        cut += 1
    return cut


def _stands_in(key: str, header: list[str]) -> bool:
    """Tell whether a line of the second copy's head stands, perhaps a little changed, in the first one's."""
    return any(key in other or difflib.SequenceMatcher(None, key, other).ratio() >= ALIKE_HEAD for other in header)
