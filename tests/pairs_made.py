"""Small made-up pairs of documents: a full one, a bare one, and a comparison of any two texts."""

from pathlib import Path
from typing import Any

from policycmp import compare, load, schema
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.pairing import SectionPair

FULL = """{place}区推动发展若干政策

一、强化科技创新（区科技局牵头）
加快建设创新{place}。2025年，区级财政预算安排资金{n}亿元。
（一）加强创新载体建设。新增高新技术企业{n}0家以上。（责任单位：区科技局、区财政局）
（二）支持人才流动。新增卓越工程师{n}人。（责任单位：区委组织部）
二、保障和改善民生（区民政局牵头）
切实改善民生。
（三）支持老有所养。新增养老床位{n}00张。（责任单位：区民政局）
"""
BARE = """关于{place}的若干意见

一、加强{place}
（一）推进{place}工作。持续推进{place}，提升{place}水平。
（二）做好{place}服务。不断做好{place}，优化{place}环境。
二、其他
（三）落实{place}保障。认真落实{place}，健全{place}机制。
"""
# Two texts whose sections answer each other crosswise; 旅游 (left 3) and 开放 (right 1) have no counterpart.
EAST = """东岭区若干政策
一、强化科技创新（区科技局牵头）
区级财政预算安排资金1亿元。
（一）培育科技企业。支持企业建设研发中心和技术中心，新增高新技术企业30家。（责任单位：区科技局）
二、保障改善民生（区民政局牵头）
区级财政预算安排资金2亿元。
（二）优化养老服务。建设老年食堂和居家养老服务中心，新增养老床位300张。（责任单位：区民政局）
三、繁荣夜间旅游（区文旅局牵头）
区级财政预算安排资金3亿元。
（三）举办音乐节会。打造滨江夜游航线，发放文旅消费券100万张。（责任单位：区文旅局）
"""
WEST = """西岭区若干政策
一、扩大对外开放（区商务局牵头）
区级财政预算安排资金4亿元。
（一）拓展跨境电商。培育外贸主体50家，支持组团参加境外展会。（责任单位：区商务局）
二、改善民生保障（区民政局牵头）
重点支持养老资金1200万元，托育资金800万元。
（二）提升养老服务。建设老年食堂，完善居家养老服务，新增养老床位150张。（责任单位：区民政局）
三、加强科技创新（区科技局牵头）
切实加强科技创新。
（三）壮大科技企业。鼓励企业建设研发中心和技术中心，新增高新技术企业20家。（责任单位：区科技局）
"""


POLICY = """{name}若干政策（2025年版）
一、强化科技创新（区科技局牵头）
{first}
（一）培育科技企业。支持企业建设研发中心和技术中心，完善科技企业梯度培育机制。{sentence}（责任单位：区科技局）
（二）引进高层次人才。落实青年人才安居补贴，办好人才创业大赛和人才招聘活动。（责任单位：区人社局）
二、保障改善民生（区民政局牵头）
{second}
（三）优化养老服务。建设老年食堂和居家养老服务中心，完善失能老人照护服务。（责任单位：区民政局）
（四）扩大托育供给。支持幼儿园开设托班，规范普惠托育机构收费和管理。（责任单位：区卫健局）
{closing}
"""


def policy(folder: Path, name: str, sentence: str = "", *, first: str = "聚焦创新。", second: str = "聚焦民生。",
           closing: str = "上述政策自发布之日起施行。") -> Tables:  # fmt: skip
    """Read a policy of four clauses: a sentence of the first clause, the lead-ins of both sections, and the end."""
    file = folder / f"{name}.txt"
    text = POLICY.format(name=name, sentence=sentence, first=first, second=second, closing=closing)
    file.write_text(text, encoding="utf-8")
    return load(file, corrections="none")


def crossed(folder: Path) -> Comparison:
    """Compare 东岭 with 西岭."""
    for name, text in (("东岭", EAST), ("西岭", WEST)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return compare(folder / "东岭.txt", folder / "西岭.txt", corrections="none")


def bare(left: object, right: object, *sections: tuple[int | None, int | None]) -> Comparison:
    """Return a comparison of which only two makeshift sides are known, and which section answers which."""
    nothing: Any = None
    pairs = tuple(SectionPair(*one) for one in sections)
    empty = dict.fromkeys((*schema.PAIR_TABLES, "aligned"), nothing)
    return Comparison(left, right, sections=pairs, **empty)  # type: ignore[arg-type]


def pair(folder: Path, left: str, right: str) -> Comparison:
    """Compare two texts, kept in ``folder`` under names that every output has to escape."""
    paths = [folder / "甲_*x*.txt", folder / "乙<b>.txt"]
    for path, text in zip(paths, (left, right), strict=True):
        path.write_text(text, encoding="utf-8")
    return compare(*paths)
