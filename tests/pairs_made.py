"""Small made-up pairs of documents: a full one, a bare one, and a comparison of any two texts."""

from pathlib import Path

from policycmp import compare
from policycmp.comparison import Comparison

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


def pair(folder: Path, left: str, right: str) -> Comparison:
    """Compare two texts, kept in ``folder`` under names that every output has to escape."""
    paths = [folder / "甲_*x*.txt", folder / "乙<b>.txt"]
    for path, text in zip(paths, (left, right), strict=True):
        path.write_text(text, encoding="utf-8")
    return compare(*paths)
