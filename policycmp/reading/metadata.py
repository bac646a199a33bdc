"""What a document says about itself: title, issuer, number, status, date, and the year that it plans for.

Title, number and date stand at its head, before the first number; the signature there or at the end of the text.
Nothing is guessed: a year is that of the title, of a heading that plans, or of the date; a horizon or a term of
validity is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold
from policycmp.text.numerals import chinese
from policycmp.text.unmarked import BULLETS

LONGEST_LINE = 60  # characters of a line of a title
LONGEST_FIRST = 45  # characters of a first line that is taken for a title though it names no kind of document
TITLE_LINES = 3
HEAD = 2000  # characters, where nothing is numbered
TAIL = 40  # lines from the end in which a signature is looked for
# --- … --- at the head of a Markdown file (folding makes one dash of each kind), and comments.
ASIDE = re.compile(r"\A\s*---+ *\n(?:[^\n]*\n){0,40}?---+ *(?=\n|\Z)|<!--.{0,2000}?-->", re.DOTALL)
_ZERO = r"〇○零\u041e\u039fO"  # the last three are letters that look like one: Cyrillic, Greek, Latin
_DIGIT = f"[0-9{_ZERO}一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?P<y>[12一二][0-9{_ZERO}一二三四五六七八九]{{3}}) *年 *"
    rf"(?P<m>{_DIGIT}{{1,3}}) *月 *(?P<d>{_DIGIT}{{1,3}}) *日"
)
_MARKDOWN = re.compile(rf"^ *(?:> ?|[-*+] (?=[^-\n]*$)|[{BULLETS}])", re.MULTILINE)  # - an item, no - 12 -
_ISO = re.compile(r"(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_PRINTED = r"([一-龥]{2,10}[\[(](?:19|20)\d{2}[\])] ?(?:第 ?)?\d{1,4} ?号)"
_NUMBER = re.compile(rf" *{_PRINTED} *|.*(?:文 *号|发文字号)[ :|\]]*{_PRINTED}.*")  # the latter in a site's table
_HEADING = re.compile(r"^[ #*]*(?:一、|第一[章编篇]|第一部分|第一条|\(一\)|1[.、](?!\d)|1 +[一-龥]|1\.1)", re.MULTILINE)
_YEAR = r"(?<!\d)((?:19|20)\d{2})(?: ?年|(?= ?[-至] ?(?:19|20)\d{2} ?年))"
_MARKS = " #*>"


class Metadata(NamedTuple):
    """What a document says about itself; empty, or None, where it does not."""

    title: str
    issuer: str
    doc_number: str
    status: str
    issued_on: str
    year: int | None
    district: str


class _Line(NamedTuple):
    """A line of the head: folded, as printed, and whether it follows the line before without a blank one."""

    text: str
    printed: str
    joined: bool


def masked(folded: str) -> str:
    """Return ``folded`` with spaces for what is no text of the document: front matter and comments of Markdown.

    So are the marks of its quotations and lists.
    """
    blank = ASIDE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), folded)
    return _MARKDOWN.sub(lambda found: " " * len(found[0]), blank)


def metadata(text: str, lexicon: Lexicon) -> Metadata:
    """Read title, issuer, number, status, date, year and district from the text where it states them."""
    folded = fold(text)
    body = masked(folded)
    front = ASIDE.match(folded)
    stated = _stated(text[: front.end()], lexicon["front"]) if front else {}
    first = _HEADING.search(body)
    head = list(_lines(text, body, first.start() if first else HEAD))
    labelled = _stated("\n".join(line.printed for line in head), lexicon["labels"])
    title = _title(head, lexicon, numbered=first is not None) or labelled.get("title", "")
    title = re.sub(r" *[(（][^()（）]*[0-9] *月[^()（）]*[)）]$", "", stated.get("title", title))
    stated = labelled | stated
    dated = _DATE.search(fold(stated.get("date", ""))) or _ISO.search(stated.get("date", ""))
    issued = _issued(head, body) or (_iso(dated) if dated else "")
    number = _number(head) or stated.get("number", "")
    said = [line.text for line in head]
    issuer = _issuer(fold(title), head, body, lexicon) or _reporting(fold(title), [folded[:HEAD], *said], lexicon)
    issuer = issuer or stated.get("issuer", "")
    given = re.match(r"(?:19|20)\d{2}", stated.get("year", ""))
    year = _year(fold(title), head, body, lexicon) or int(issued[:4] or 0) or _in_number(fold(number))
    return Metadata(
        title=title,
        issuer=issuer,
        doc_number=number,
        status="draft" if any(word in line for line in said for word in lexicon["draft_words"]) else "issued",
        issued_on=issued,
        year=int(given[0]) if given else year or None,
        district=stated.get("place")
        or _place(fold(title), lexicon)
        or _place(issuer, lexicon)
        or _place_in(head, lexicon)
        or ("全国" if issuer == "国务院" else ""),
    )


def _stated(front: str, labels: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what lines such as ``title: …`` state, by our names for it and the ``labels`` that mean it."""
    lines = re.findall(r"^([^\s:：#]+)[ ]*[:：] *[\"'“]?([^\n]*?)[\"'”]? *$", front, re.MULTILINE)
    given = {key.lower(): value for key, value in lines if value}
    found = {name: next((given[key] for key in keys if key in given), "") for name, keys in labels.items()}
    return {name: value for name, value in found.items() if value}


def _lines(text: str, body: str, end: int) -> Iterator[_Line]:
    """Yield the lines of the head that are not blank."""
    joined, start = False, 0
    for line in body[:end].split("\n"):
        bare = line.strip(_MARKS)
        if bare:
            at = start + line.index(bare)
            yield _Line(bare, text[at : at + len(bare)], joined)
        joined = bool(bare)
        start += len(line) + 1


def _title(head: Sequence[_Line], lexicon: Lexicon, *, numbered: bool) -> str:
    """Return the last line that names a kind of document, with the lines above and the edition below that belong to it.

    Where nothing is numbered the head has no end, and the first such line counts.
    A notice's title counts where no other is found; so does a first line that begins with a place.
    """
    notes = r"(?:\([^()]{1,14}\))?"
    for kinds in (("title_kinds", "document_kinds"), ("notice_kinds",)):
        named = re.compile(rf"(?!根据|按照|为(?!民)|现将|经)[^。:;!?>]*{lexicon.any_of(*kinds)}{notes}")
        spots = [i for i, line in enumerate(head) if named.fullmatch(line.text) and _may_be_title(line.text)]
        if spots:
            return _whole_title(head, spots[-1 if numbered else 0], lexicon)
    for line in head[:1]:
        if (
            len(line.text) <= LONGEST_FIRST
            and _place(line.text, lexicon)
            and _may_be_title(line.text)
            and not re.search(r"[。:;,!?>]|人民政府$", line.text)
        ):
            return line.printed
    return ""


def _may_be_title(line: str) -> bool:
    """Tell whether a line may be (the end of) a title: no quotation, no annex, no item, no date."""
    other = re.compile(r"《[^》]*》$|附件|[0-9]+[.、]|[一二三四五六七八九十]{1,3}、|-|\(|各|首页|当前位置")
    return len(line) <= LONGEST_LINE and not other.match(line) and not _DATE.search(line) and not _NUMBER.match(line)


def _whole_title(head: Sequence[_Line], last: int, lexicon: Lexicon) -> str:
    """Return the title that ends in line ``last``, with its first lines and its edition."""
    first = _as_announced(head, last)
    if first == last:
        while first and last - first < TITLE_LINES - 1 and _goes_on(head, first, lexicon):
            first -= 1
    parts = [line.printed for line in head[first : last + 1]]
    for line in head[last + 1 : last + 3]:
        if not re.fullmatch(r"\([^()]{2,16}\)", line.text) or any(word in line.text for word in lexicon["draft_words"]):
            break
        if _DATE.search(line.text):
            break
        parts.append(line.printed)
    return "".join(part.strip(_MARKS) for part in parts)


def _as_announced(head: Sequence[_Line], last: int) -> int:
    """Return the line with which the title begins that ends in line ``last``, as the notice above it names it."""

    def key(lines: Sequence[_Line]) -> str:
        return re.sub(r"[《》〈〉<>\s]", "", "".join(line.text for line in lines))

    first = last
    while first and key(head[first - 1 : last + 1]) in key(head[: first - 1]):
        first -= 1
    return first


def _goes_on(head: Sequence[_Line], first: int, lexicon: Lexicon) -> bool:
    """Tell whether the title of which line ``first`` is a part begins above it: the authority, the place, 关于…."""
    above, below = head[first - 1].text, head[first].text
    if re.search(r"[。:;,!?()\[\]]|文件$|公报$", above) or not _may_be_title(above):
        return False
    ended = re.search(rf"{lexicon.any_of('title_kinds', 'document_kinds', 'notice_kinds')}(?:\([^()]*\))?$", above)
    if not head[first].joined and (ended or "关于" not in above or _place(below, lexicon)):
        return False  # a blank line stands between
    if _place(above, lexicon) and not _place(below, lexicon) and not re.match("各", below):
        return True
    opening = re.compile(rf".*(?:关于|{lexicon.any_of('issuer_endings')}).*|.{{2,30}}第十[一-龥]个五年")
    twice = "关于" in below and "关于" in above
    onward = re.match(r"关于|印发|国民经济|第十", below) or "关于" in above
    return bool(opening.fullmatch(above) and onward and not twice)


def _issued(head: Sequence[_Line], body: str) -> str:
    """Return the date of the text: a line of its own at the head, of a session there, or of the signature."""
    for line in head:
        found = _DATE.fullmatch(line.text.strip("()"))
        if found:
            return _iso(found)
    for line in head:
        found = _DATE.match(line.text.lstrip("(-─"))
        if found and (line.text[0] in "(-─" or "会议" in line.text):
            return _iso(found)
    for last in _last_lines(body):
        found = _DATE.fullmatch(last.strip(" ()"))
        if found:
            return _iso(found)
    return ""


def _number(head: Sequence[_Line]) -> str:
    """Return the document's number as it is printed."""
    for line in head:
        found = _NUMBER.fullmatch(line.text)
        if found:
            return line.printed[slice(*found.span(found.lastindex or 1))].replace(" ", "")
    return ""


def _last_lines(body: str) -> list[str]:
    return body[-TAIL * LONGEST_LINE :].split("\n")[-TAIL:]


def _iso(found: re.Match[str]) -> str:
    year, month, day = (_value(found[name]) for name in ("y", "m", "d"))
    return f"{year}-{month:02}-{day:02}"


def _value(digits: str) -> int:
    """Return a number of a date: 2024, 二〇二四, 十六."""
    if digits.isascii():
        return int(digits)
    if len(digits) == 4:
        return int("".join(str("〇一二三四五六七八九".find(c)) for c in re.sub(f"[{_ZERO}]", "〇", digits)))
    return int(chinese(digits) or 0)


def _issuer(title: str, head: Sequence[_Line], body: str, lexicon: Lexicon) -> str:
    """Return the signature, else who is named in the title or the letterhead, else whose report it is."""
    ending = lexicon.any_of("issuer_endings")
    signed = re.compile(rf".*{ending}")
    for lines in ([line.text for line in head], [line.strip() for line in _last_lines(body) if line.strip()]):
        for above, below in pairwise(lines):
            if _DATE.fullmatch(below.strip("()")) and signed.fullmatch(above) and len(above) <= LONGEST_LINE:
                return "、".join(above.split())
    letterhead = re.compile(rf"([一-龥]{{2,24}}{ending}){lexicon.any_of('letterhead')}?")
    named = re.match(rf"([一-龥]{{1,20}}?{ending})(?=关于|印发|[0-9]|$|转发|公布|工作)", title)
    if named:
        return named[1]
    several = re.match(r"([一-龥 、]{2,40}?) ?(?=关于|印发|转发)", title)  # 中共甲区委 甲区人民政府关于…
    authorities = re.split("[ 、]+", several[1]) if several else []
    if authorities and all(re.fullmatch(rf".*{ending}|中共.{{1,12}}委|国务院(?:办公厅)?", one) for one in authorities):
        return "、".join(authorities)
    for line in head:
        headed = letterhead.fullmatch(line.text)
        if headed:
            return headed[1]
    return ""


def _reporting(title: str, said: Sequence[str], lexicon: Lexicon) -> str:
    """Return the government whose report this is, by the title, the congress or the office of who gives it."""
    if "工作报告" not in title:
        return ""
    if not _place(title, lexicon) and any(re.search("国务院总理|代表国务院", line) for line in said):
        return "国务院"
    office = re.compile(
        r"([一-龥]{2,8}?[省市区县州旗])(?:人民政府)?(?:(?:第[一-龥]{1,4}届)?人民代表|代?[省市区县州旗]长)"
    )
    found = next((hit for line in [title, *said] for hit in office.finditer(line)), None)
    place = _place(title, lexicon) or (_place(re.sub("^.*[日在于]", "", found[1]), lexicon) if found else "")
    return f"{place}人民政府" if place else ""


def _year(title: str, head: Sequence[_Line], body: str, lexicon: Lexicon) -> int | None:
    """Return the year of the title or of a heading that plans; behind a review the year that follows it.

    A period in the title (2021-2025) is no year, nor is that of a horizon; in a report goals are plans, too.
    """
    own = re.findall(_YEAR, title) or re.findall(r"(?<!\d)((?:19|20)\d{2})版?(?=\))", title)
    if re.search(r"(?:19|20)\d{2} ?年? ?[-至] ?(?:19|20)\d{2}", title):
        own = []
    for line in head:  # the edition alone, or what the text is for: 为做好2026年工作
        own = own or re.findall(r"^为[^。\d]{0,30}((?:19|20)\d{2})年[^。\d-]{0,20}工作", line.text)
        own = own or re.findall(r"^\(((?:19|20)\d{2}) ?年?度?版", line.text)
        month = re.fullmatch(rf"\(?([12]\d{{3}}) ?年 ?{_DIGIT}{{1,3}} ?月\)?", line.text)
        own = own or ([month[1]] if month else [])  # a cover has a month alone
    planning = lexicon.any_of("planning", "goals") if "报告" in title else lexicon.any_of("planning")
    planned, reviewed = _heading_years(body, planning, lexicon)
    if planned and ("报告" in title or not own):
        return max(map(int, [*planned, *own]))
    if own:
        plans = re.findall(rf"{_YEAR}[^0-9]*?{planning}", title)  # 2024年计划执行情况与2025年计划草案
        return int(plans[-1] if plans and len(own) > 1 else own[0])
    return max(map(int, reviewed)) + 1 if reviewed else None


def _heading_years(body: str, planning: str, lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """Return the years for which headings plan, by the words ``planning``, and those that they review."""
    reviewing, horizon = lexicon.any_of("reviewing"), re.compile(r"\(|到(?:19|20)|远景|展望")
    number = r"第?[一二三四五六七八九十]{1,3}(?:部分|[章、])"
    planned: list[str] = []
    reviewed: list[str] = []
    for found in re.compile(rf"^[ #*]*{number} *([^\n。]{{0,50}})[。*]*$", re.MULTILINE).finditer(body):
        years = re.findall(_YEAR, found[1])
        if len(years) == 1 and re.search(reviewing, found[1]):
            reviewed += years
        elif years and re.search(planning, found[1]) and not horizon.search(found[1]):
            planned.append(years[-1])
    return planned, reviewed


def _in_number(number: str) -> int | None:
    """Return the year in a document's number, 〔2024〕."""
    found = re.search(r"[\[(]((?:19|20)\d{2})", number)
    return int(found[1]) if found else None


def _place(words: str, lexicon: Lexicon) -> str:
    """Return the place that a title or an issuer begins with, the innermost of several: 温州市龙湾区 → 龙湾区.

    In a title 关于支持龙湾区… it stands behind the verbs.
    """
    endings, verbs, ends = (lexicon.any_of(name) for name in ("place_endings", "no_place_begins", "no_place_ends"))
    about = re.match(rf"关于{verbs}+", words)
    words = re.sub(rf"^(?:中共|{_YEAR}|关于|《|\s)*", "", words[about.end() :] if about else words)
    name = re.compile(rf"(?!{verbs})[一-龥]{{1,8}}?{endings}(?![场域块])")
    found = name.match(words)
    if not found or found[0] in lexicon["no_places"] or re.search(rf"{ends}$", found[0]):
        return ""
    if about and found[0].endswith(lexicon["no_places_behind"]):
        return ""
    inner = re.compile(rf"(?!{verbs})[一-龥]{{1,3}}?{endings}(?![场域块])")
    place = found[0]
    while place[-1] in "省市州" and (found := inner.match(words, found.end())):
        if found[0] in lexicon["no_places"] or re.search(rf"{ends}$", found[0]):
            break
        place = found[0]
    return place


def _place_in(head: Sequence[_Line], lexicon: Lexicon) -> str:
    """Return the first place that a short line of the head begins with."""
    names = (_place(line.text, lexicon) for line in head if len(line.text) <= LONGEST_LINE)
    return next(filter(None, names), "")
