"""What a number measures: the code of its indicator, its kind, and its value in the indicator's own unit.

The indicators are those of ``words/indicators.toml``, which a user's ``lexicon.toml`` may extend. Nothing is forced:
what no name fits has no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from policycmp.keeping import once
from policycmp.text.lexicon import Lexicon, any_of
from policycmp.text.normalize import squeeze

_GAP = 8  # how many characters "…" in a name stands for, at most
_QUOTES = re.compile("[“”\"'《》*]")
_WORKS = ("提升", "提高")  # beside a count they are what is done: 改造提升老旧小区15个
RATES = ("%", "百分点", "‰")
_SHARE = re.compile("比重|比例|占比|率|强度|占.*[百%]")


class Indicator(NamedTuple):
    """One indicator: its code, names in both languages, canonical unit, kind, and the words that rule it out."""

    code: str
    zh: str
    en: str
    unit: str
    kind: str
    direction: str
    field: str
    excluded: tuple[str, ...]
    falls: bool = False  # what it counts is a fall: 单位GDP能耗下降3% is 3
    indexed: bool = False  # it is told as an index of last year = 100, too


class _Gapped(NamedTuple):
    """A name with "…" in it: how long it is, how it begins, what finds it, and whose it is."""

    length: int
    begins: str
    pattern: str
    one: Indicator


class _Catalogue(NamedTuple):
    """The indicators by what they may be called, and by code."""

    plain: dict[str, list[Indicator]]
    ends: dict[str, tuple[int, ...]]  # how long the names are that begin with two characters
    gapped: list[_Gapped]
    codes: dict[str, Indicator]
    change: re.Pattern[str]
    fall: re.Pattern[str]
    apart: re.Pattern[str]


def convert(unit: str, lexicon: Lexicon) -> tuple[str, float]:
    """Return the unit in which amounts of a unit are compared.

    Parameters
    ----------
    unit : str
        As a table has it, such as 公里 or 家.
    lexicon : Lexicon
        The word lists, which name the units that are alike: ``policy.lexicon`` of a document.

    Returns
    -------
    (str, float)
        That unit, and how many of it one of ``unit`` is.

    Examples
    --------
    >>> lexicon = policycmp.load("longwan").policy.lexicon
    >>> policycmp.pairs.convert("公里", lexicon), policycmp.pairs.convert("家", lexicon)
    (('米', 1000.0), ('个', 1.0))
    """
    head, slash, per = unit.partition("/")
    head = lexicon["units_alike"].get(head, head)
    head, factor = lexicon["units_convert"].get(head, (head, 1.0))
    return head + slash + per, factor


def indicator_of(text: str, unit: str, lexicon: Lexicon, *, quote: str = "") -> Indicator | None:
    """Return the indicator that ``text`` names, or None.

    The longest name counts that fits the unit and stands beside none of the words that rule it out; of two as long,
    the later one. ``quote`` tells a growth (营收增长9%) where ``text`` does not say it.
    """
    catalogue, plain = _catalogue(lexicon), _plain(text)
    said = plain + _plain(quote)
    if unit == "百分点" and catalogue.apart.search(said):
        return None
    changed = bool(catalogue.change.search(said))
    best: tuple[tuple[int, int], Indicator] | None = None
    for length, end, one in _found(catalogue, plain):
        ruled_out = any(word in plain for word in one.excluded)
        if not ruled_out and _fits(one, unit, lexicon, changed=changed) and (best is None or (length, end) > best[0]):
            best = (length, end), one
    return best[1] if best else None


def indicator_named(text: str, lexicon: Lexicon) -> Indicator | None:
    """Return the indicator that ``text`` names, whatever unit stands beside it: firms that are paid for, in 家.

    A rate, a growth or a level per head is no thing that could be paid for.
    """
    catalogue, plain = _catalogue(lexicon), _plain(text)
    counted = [hit for hit in _found(catalogue, plain) if hit[2].kind in _THINGS and hit[2].unit in _COUNTED]
    fitting = [hit for hit in counted if not any(word in plain for word in hit[2].excluded)]
    return max(fitting, key=lambda hit: hit[:2])[2] if fitting else None


def known(lexicon: Lexicon) -> Mapping[str, Indicator]:
    """Return the indicators of a lexicon by their codes."""
    return _catalogue(lexicon).codes


def english_name(code: str, kind: str, lexicon: Lexicon) -> str:
    """Return what the indicator of a code is in English; a number of another kind is said to be new, or a total."""
    one = _catalogue(lexicon).codes[code]
    return f"{one.en}, {kind}" if kind in {"new", "total"} and kind != one.kind else one.en


def kind_of(row: Mapping[str, Any], lexicon: Lexicon, indicator: Indicator | None = None) -> str:
    """Return the kind of a number: new, total, growth, share, rank, or what its ``indicator`` is by nature."""
    name, unit = row["indicator"], row["unit"].partition("/")[0]
    if row["comparator"] == "top" or unit == "强":
        return "rank"
    if unit in RATES:
        grows = re.search(lexicon.any_of("kind_growth"), name) and not _SHARE.search(name)
        return "growth" if grows else "share"
    for kind in ("new", "total", "growth"):
        found = re.search(lexicon.any_of(f"kind_{kind}"), name)
        if found and found[0] not in _WORKS:
            return kind
    if re.match(lexicon.any_of("kind_total_first"), name):
        return "total"
    if indicator and (indicator.kind == "new" or "/" in indicator.unit):
        return indicator.kind
    plain = re.sub(r"[(（][^()（）]*[)）]", "", name)
    if re.search("达到?|突破|保持", row["quote"]) and not re.match(lexicon.any_of("flows"), plain):
        return "total"
    return indicator.kind if indicator else ""


def measured(row: Mapping[str, Any], lexicon: Lexicon) -> dict[str, Any]:
    """Return the columns that say what a row with an indicator, a value and a unit measures; they may be empty."""
    one = indicator_of(row["indicator"], row["unit"], lexicon, quote=row["quote"])
    found: dict[str, Any] = {"kind": kind_of(row, lexicon, one)}
    sign = -1 if one and turned(one, row["indicator"], row["quote"], lexicon) else 1
    return found | canonical(one, None if row["value"] is None else sign * row["value"], row["unit"], lexicon)


def turned(one: Indicator, name: str, quote: str, lexicon: Lexicon) -> bool:
    """Tell whether a number counts the other way round than its indicator: a fall of 18.5% is a growth of -18.5."""
    if one.kind != "growth":
        return False
    catalogue = _catalogue(lexicon)
    changes = catalogue.change.findall(_plain(name)) or catalogue.change.findall(_plain(quote))
    if not changes:
        return False
    return bool(catalogue.fall.fullmatch(changes[-1])) != one.falls


def canonical(one: Indicator | None, value: float | None, unit: str, lexicon: Lexicon) -> dict[str, Any]:
    """Return the code of an indicator with a value in its own unit; in the printed one where that cannot be had."""
    if one is None:
        return {"indicator_code": "", "value_canonical": None, "unit_canonical": ""}
    if one.indexed and not unit and value is not None:
        return {"indicator_code": one.code, "value_canonical": round(value - 100, 6), "unit_canonical": one.unit}
    head, slash, per = one.unit.partition("/")
    (base, factor), (own, own_factor) = convert(unit.partition("/")[0], lexicon), convert(head, lexicon)
    counted = base == own or (base in _COUNTS and own in _COUNTS)
    if not counted:
        return {"indicator_code": one.code, "value_canonical": value, "unit_canonical": unit}
    canonical_value = None if value is None else value * factor / own_factor
    return {"indicator_code": one.code, "value_canonical": canonical_value, "unit_canonical": head + slash + per}


# Units of things that are counted one by one: 30家 and 30个 of the same firms are one number.
_COUNTS = {"个", "户", "套", "台", "项", "件", "场", "张", "条", "人", "列", "栋", "辆"}


_THINGS = ("new", "total", "level")  # kinds of indicators that count things
_COUNTED = _COUNTS | {"家", "名", "所", "座", "处"}


def _plain(text: str) -> str:
    """Return a text as names are written: folded, without quotation marks and blanks, in capitals."""
    return _QUOTES.sub("", squeeze(text)).upper().replace("PM25", "PM2.5").replace("₂.₅", "2.5").replace("III", "Ⅲ")


def _all_plain(texts: Sequence[str]) -> tuple[str, ...]:
    """Return each text as `_plain` does, all in one go: NUL, which no word list can hold, stands between them."""
    return tuple(_plain("\0".join(texts)).split("\0")) if texts else ()


def _units(unit: str, lexicon: Lexicon) -> tuple[str, ...]:
    units: tuple[str, ...] = lexicon["indicator_units"].get(unit, (unit,))
    return units


def _fits(one: Indicator, unit: str, lexicon: Lexicon, *, changed: bool) -> bool:
    """Tell whether a number of a unit may be that indicator's."""
    if one.kind == "growth" and unit == "百分点" and one.unit == "%":
        return False
    if one.kind == "growth" and unit in {"%", "倍"}:
        return one.unit != "%" or changed or not one.code.endswith(("_growth", "_cut"))
    if one.indexed and not unit:
        return True
    if one.kind == "growth" and one.unit == "%":
        return False
    head = one.unit.partition("/")[0]
    printed = unit.partition("/")[0]
    return printed in _units(one.unit, lexicon) or printed in _units(head, lexicon)


def _found(catalogue: _Catalogue, text: str) -> list[tuple[int, int, Indicator]]:
    """Return every name in a text: its length, where it ends last, and whose it is."""
    found = []
    for start in range(len(text) - 1):
        for length in catalogue.ends.get(text[start : start + 2], ()):
            end = start + length
            found += [(length, end, one) for one in catalogue.plain.get(text[start:end], ()) if end <= len(text)]
    for gapped in catalogue.gapped:
        match = re.search(gapped.pattern, text) if gapped.begins in text else None
        if match:
            found.append((gapped.length, match.end(), gapped.one))
    return found


@once
def _catalogue(lexicon: Lexicon) -> _Catalogue:
    plain: dict[str, list[Indicator]] = {}
    gapped = []
    codes = {}
    for code, table in lexicon["indicators"].items():
        names = tuple(dict.fromkeys(_all_plain(table.get("names", (table.get("zh", code),)))))
        for one in _variants(code, table):
            codes[one.code] = one
            for name in names:
                if "…" in name:
                    parts = name.split("…")
                    pattern = f".{{0,{_GAP}}}".join(map(re.escape, parts))
                    gapped.append(_Gapped(len(name) - 1, parts[0], pattern, one))
                else:
                    plain.setdefault(name, []).append(one)
    words = lexicon["indicator_words"]
    change, fall, apart = (re.compile(any_of(words[name])) for name in ("change", "fall", "gap"))
    ends: dict[str, set[int]] = {}
    for name in plain:
        ends.setdefault(name[:2], set()).add(len(name))
    lengths = {begin: tuple(sorted(known)) for begin, known in ends.items()}
    return _Catalogue(plain, lengths, gapped, codes, change, fall, apart)


def _variants(code: str, table: Mapping[str, Any]) -> list[Indicator]:
    """Return an indicator, and its growth or its cut where it has one."""
    excluded = _all_plain(table.get("not", ()))
    kind, direction, field = table.get("kind", "level"), table.get("direction", "up"), table.get("field", "")
    zh = table.get("zh", code)
    falls, index = code.endswith("_cut"), table.get("index", False)
    en, unit = table.get("en", zh), table.get("unit", "个")
    one = Indicator(code, zh, en, unit, kind, direction, field, excluded, falls, index)
    found = [one]
    for way in {"growth", "cut"} & table.keys():
        named = one._replace(code=f"{code}_{way}", zh=table[way][0], en=table[way][1])
        towards = "up" if way == "cut" else direction
        found.append(named._replace(unit="%", kind="growth", direction=towards, falls=way == "cut", indexed=False))
    return found
