"""Texts that nobody wrote: the words that rules look for, at random or in outlines, and the texts of others spoilt."""

import random

import making
import outlines_made

WORDS = (
    "一、,二、,（一）,（二）,1.,2、,第一条,第二章,附件,名词解释,\n,\n\n,。,；,，,：,“,”,（,）,责任单位：,区经信局,新增,力争,确保,去年,累计,已,"
    "达到,增长,下降,左右,以上,不超过,至少,150,3.05,1.5万,2000,2025年,十,百强,家,个,人,亿元,万元,%,个百分点,倍,区级财政,预算安排资金,奖励,"
    "最高,每家,高新技术企业,研发投入占GDP比重,养老床位,与经济增长同步,不设目标,A、B 2个,"
    "-2.4%,3—5,|,#,**,—,\t,①,Ａ,１,　,各,均,其中,分别,三分之二,3个80%,上级,过去五年,"
    "（责任单位：区科技局〈区外专局〉）,牵头,注：,"
    "附件1：,\r\n,国家级、省级、市级智能工厂分别奖励9万元、5万元、2万元。,给予,补助,按设备投资额的12%,封顶,每亩,连续3年,前10位,1/3,〔2025〕6号,"
    "①②,5G,十四五,两,半,翻一番,万分之,９，０００,1，200,1,000,2025年12月31日,GDP,PM2.5,7.5:1,24小时,①,😀,𠀀,\ufeff,\u200b,e\u0301,<b>,=1+1"
).split(",")
HEADS = [
    "一、{}\n（{}）{}。",
    "{}、{}\n1.{}。",
    "第{}条 {}",
    "（{}）{}。",
    "{}、{}。",
    "**{}、{}**\n",
    "# {}、{}\n",
    "第{}章 {}\n第一条 ",
]
ENDS = ["附件", "附件1：任务表", "名词解释", "注：", "本政策自2025年1月1日起施行。"]
CHINESE = "一二三四五六七八九十"


def text(seed: int) -> str:
    """The text of a seed: short most of the time."""
    dice = random.Random(seed)
    kind = dice.random()
    if kind < 0.15:
        return words(dice, dice.choice([10, 10, 60]))
    if kind < 0.19:
        return spoilt(dice, outlines_made.made(seed, slip=dice.choice(["", "skip", "style", "mark"])).text[:400])
    if kind < 0.2:
        begin = dice.randrange(len(making.QILAN))
        return spoilt(dice, making.QILAN[begin : begin + 500])
    head = dice.choice(HEADS)
    lines = [words(dice, 5)] if dice.random() < 0.3 else []
    for number in range(dice.choice([1, 1, 1, 1, 2, 2, 3, 5])):
        printed = CHINESE[number] if dice.random() < 0.95 else dice.choice(CHINESE)
        lines.append(head.format(*[printed, *(words(dice, 2) for _ in range(head.count("{}") - 2)), words(dice, 9)]))
    if dice.random() < 0.2:
        lines.append(dice.choice(ENDS) + "\n" + words(dice, 8))
    return "\n".join(lines)


def words(dice: random.Random, most: int) -> str:
    return "".join(dice.choices(WORDS, k=dice.randint(1, most)))


def spoilt(dice: random.Random, whole: str) -> str:
    """A text with a few places exchanged, doubled, left out or filled with other words."""
    for _ in range(dice.randint(1, 4)):
        one, two = sorted(dice.randrange(len(whole) + 1) for _ in range(2))
        two = min(two, one + 40)
        new = dice.choice(["", whole[one:two] * 2, words(dice, 4), "\n"])
        whole = whole[:one] + new + whole[two:]
    return whole
