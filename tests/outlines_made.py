"""Outlines of every kind with the answer: which line heads which section and clause, and what a slip did to it."""

import random
from typing import NamedTuple

from policycmp.structure.markers import CIRCLED
from policycmp.text.numerals import spell

STYLES = {  # from the outside in: number and number of the section → as it is printed
    "chapter": lambda n, _: f"第{spell(n)}章 ",
    "part": lambda n, _: f"第{spell(n)}部分 ",
    "joint": lambda n, _: f"第{spell(n)}节 ",
    "cn_dot": lambda n, _: f"{spell(n)}、",
    "cn_paren": lambda n, _: f"（{spell(n)}）",
    "article": lambda n, _: f"第{spell(n)}条 ",
    "num_comma": lambda n, _: f"{n}、",
    "num_dot": lambda n, _: f"{n}.",
    "decimal": lambda n, section: f"{section}.{n} ",
    "num_paren": lambda n, _: f"（{n}）",
    "half_paren": lambda n, _: f"{n}）",
    "circled": lambda n, _: CIRCLED[n - 1],
}
ORDER = [*STYLES]
ONE = {"num_comma": "num_dot"}  # two ways to print one level
ALONE = {"joint": {"chapter"}, "decimal": {"chapter", "part", "cn_dot", "num_comma", "num_dot"}}  # only below these
HEADS = "强化创新 做强产业 扩大投资 提振消费 稳定外贸 改善民生 优化环境 建设平台 培育人才 治理污染".split()
BODIES = (
    "支持企业建设平台，全年新增企业{}家。",
    "深化改革，完善机制，力争投资增长{}%。",
    "按规定给予最高{}万元补助。做好服务保障工作，推动各项任务落实。",
)


def fits(outer, inner):
    """Tell whether numbers of one style may stand inside units of another."""
    deeper = ORDER.index(inner) > ORDER.index(outer) and ONE.get(outer) != inner
    return deeper and inner not in ("chapter", "part") and outer in ALONE.get(inner, {outer})


PAIRS = [(outer, inner) for outer in ORDER[:8] for inner in ORDER if outer != "article" and fits(outer, inner)]


class Made(NamedTuple):
    """A text, and which section and clause each of its numbered lines heads, by the line's offset."""

    text: str
    heads: dict[int, tuple[int, int]]
    about: str


def made(seed, *, slip="", blank=None):
    """Return an outline of one or two levels, and lists of a third one inside; ``slip`` is skip, style or mark."""
    dice = random.Random(seed)
    outer, inner = dice.choice(PAIRS)
    anew = inner == "decimal" or dice.random() < 0.6
    running, lead, spaced = (dice.random() < share for share in (0.5, 0.5, 0.3))
    mark = dice.choice(["{}", "{}", "**{}**", "## {}"])
    below = dice.choice(["{}", "{}", "**{}**"])
    items = [style for style in ORDER if fits(inner, style) and style not in ALONE and style != "article"]
    item = dice.choice(items) if items and dice.random() < 0.5 else ""
    names = dice.sample(HEADS, len(HEADS))
    lines = [("云澜区若干政策", None), ("为推动高质量发展，制定本政策。", None)]
    clause = 0
    for section in range(1, dice.randint(2, 6) + 1):
        lines.append((mark.format(STYLES[outer](section, 0) + names[section]), (section, 0)))
        if lead:
            lines.append(("坚持统筹推进，" + said(dice), None))
        clause = 0 if anew else clause
        for _ in range(dice.randint(2, 6)):
            clause += 1
            head = STYLES[inner](clause, section) + dice.choice(HEADS)
            if running:
                lines.append((below.format(head + "。") + said(dice), (section, clause)))
            else:
                lines += [(below.format(head), (section, clause)), (said(dice), None)]
            for number in range(1, dice.randint(3, 4) if item and dice.random() < 0.6 else 1):
                lines.append((STYLES[item](number, clause) + said(dice), None))
    if slip:
        lines = slipped(dice, lines, outer, inner, slip)
    gap = "\n\n" if (spaced if blank is None else blank) else "\n"
    about = f"{seed} {outer} {inner} {item} {'anew' if anew else 'on'} {slip}"
    return Made(gap.join(line for line, _ in lines) + "\n", offsets(lines, gap), about)


def said(dice):
    return dice.choice(BODIES).format(dice.randint(2, 90))


def offsets(lines, gap):
    """Return what each numbered line heads, by its offset."""
    found, at = {}, 0
    for line, place in lines:
        if place:
            found[at] = place
        at += len(line) + len(gap)
    return found


def slipped(dice, lines, outer, inner, slip):
    """Return the lines with one number lost, printed in another style, or without its last sign."""
    at = dice.choice([number for number, (_, place) in enumerate(lines) if place][1:])
    line, (section, clause) = lines[at]
    old = STYLES[inner](clause, section) if clause else STYLES[outer](section, 0)
    if slip == "skip":
        return [*lines[:at], (line.replace(old, "", 1), None), *lines[at + 1 :]]
    other = STYLES[dice.choice(["cn_dot", "num_comma", "num_dot"])](clause or section, 0)
    new = other if slip == "style" else old[:-1]
    return [*lines[:at], (line.replace(old, new, 1), (section, clause)), *lines[at + 1 :]]
