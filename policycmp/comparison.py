"""One `Comparison` holds the tables of two documents and what joins them; it prints as a table, and never draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import align, documents, overrides, pairs, tables
from policycmp.errors import PolicyError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Comparison:
    """Two documents side by side.

    Attributes
    ----------
    left, right : Tables
        The tables of each document.
    alignment, target_pairs, budget_pairs : DataFrame
        The tables of the data dictionary.
    target_candidates : DataFrame
        Near misses among the targets, each with the reason why it is no pair.
    aligned : Aligned
        The scores behind the alignment, for `align.explain` and `align.doubtful`.
    """

    left: tables.Tables
    right: tables.Tables
    alignment: pd.DataFrame
    target_pairs: pd.DataFrame
    target_candidates: pd.DataFrame
    budget_pairs: pd.DataFrame
    aligned: align.Aligned

    @property
    def targets(self) -> pd.DataFrame:
        """The targets of both documents in one table."""
        return tables.stack([self.left, self.right])["targets"]

    @property
    def budgets(self) -> pd.DataFrame:
        """The budgets of both documents in one table."""
        return tables.stack([self.left, self.right])["budgets"]

    def summary(self) -> pd.DataFrame:
        """Return one row per count: measure, left, right, paired."""
        import pandas as pd

        relation = self.alignment["relation"]
        paired = self.alignment[relation.isin(["same", "partial"])]
        rows = [
            ("部分", len(self.left.sections), len(self.right.sections), len(pairs.section_map(self.aligned))),
            ("条", len(self.left.clauses), len(self.right.clauses), len(paired)),
            ("无对应的条", int((relation == "left_only").sum()), int((relation == "right_only").sum()), 0),
            ("目标", len(self.left.targets), len(self.right.targets), len(self.target_pairs)),
            ("预算项", len(self.left.budgets), len(self.right.budgets), int(self.budget_pairs["comparable"].sum())),
            ("责任单位", self.left.responsibilities["body"].nunique(), self.right.responsibilities["body"].nunique(),
             len(set(self.left.responsibilities["body"]) & set(self.right.responsibilities["body"]))),
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["项目", self.left.name, self.right.name, "成对"]).set_index("项目")

    def __repr__(self) -> str:
        return self.summary().to_string()

    def _repr_html_(self) -> str:
        return str(self.summary().to_html(escape=True))

    def findings(self, lang: str = "zh") -> list[str]:
        """Return the five most telling findings as sentences, every number computed and with its clause."""
        return [
            sentence
            for sentence in (
                _pairs(self, lang),
                _widest(self, lang),
                _budget(self, lang),
                _alone(self, lang),
                _firm(self, lang),
            )
            if sentence
        ]


def compare(
    left: str | Path | tables.Tables,
    right: str | Path | tables.Tables,
    *,
    data: str | Path | None = None,
    corrections: str | Path | None = None,
    threshold: float | None = None,
) -> Comparison:
    """Compare two documents.

    Parameters
    ----------
    left, right : str, Path or Tables
        Document ids, paths of files, or tables that are loaded already.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    corrections : str or Path, optional
        The folder of overrides; by default those kept with the data; "none" for none.
    threshold : float, optional
        The similarity that a pair of clauses has to reach, in [0, 1]; by default it follows from the documents.

    Raises
    ------
    PolicyError
        If a source or an override is at fault.
    """
    sides = [
        one if isinstance(one, tables.Tables) else tables.load(one, data=data, corrections=corrections)
        for one in (left, right)
    ]
    where = overrides.folder(corrections, documents.data_folder(data))
    if sides[0].doc == sides[1].doc and sides[0].policy.sha256 != sides[1].policy.sha256:
        raise PolicyError(right, f"both documents have the id {sides[0].doc}", "rename one of the files")
    aligned = align.align(sides[0], sides[1], limit=threshold, corrections=where)
    paired, candidates = pairs.target_pairs(sides[0], sides[1], aligned, corrections=where)
    return Comparison(
        sides[0], sides[1], aligned.table, paired, candidates, pairs.budget_pairs(sides[0], sides[1], aligned), aligned
    )


def yi(yuan: float) -> str:
    """Return an amount as people write it: 3.05亿元, 195万元."""
    return f"{yuan / 1e8:.4g}亿元" if yuan >= 1e8 else f"{yuan / 1e4:.6g}万元"


def _pairs(it: Comparison, lang: str) -> str:
    relation = it.alignment["relation"].value_counts()
    same, partial = int(relation.get("same", 0)), int(relation.get("partial", 0))
    left, right = int(relation.get("left_only", 0)), int(relation.get("right_only", 0))
    if lang == "en":
        return (f"{same} pairs of clauses say the same and {partial} overlap in part; {left} of the {len(it.left.clauses)} clauses of {it.left.name} and "
                f"{right} of the {len(it.right.clauses)} of {it.right.name} have no counterpart.")  # fmt: skip
    return (f"{same} 对条款内容相同、{partial} 对部分重合；{it.left.name} {len(it.left.clauses)} 条中 {left} 条、"
            f"{it.right.name} {len(it.right.clauses)} 条中 {right} 条没有对应。")  # fmt: skip


def _widest(it: Comparison, lang: str) -> str:
    known = it.target_pairs[it.target_pairs["ratio"].notna() & (it.target_pairs["ratio"] > 0)]
    if not len(known):
        return "There is no pair of targets that count the same thing." if lang == "en" else "没有可以并列的目标。"
    spread = known["ratio"].where(known["ratio"] >= 1, 1 / known["ratio"])
    row = known.loc[spread.idxmax()]
    higher, factor = (it.left.name, row["ratio"]) if row["ratio"] >= 1 else (it.right.name, 1 / row["ratio"])
    values = f"{row['left_value']:,.10g} : {row['right_value']:,.10g} {row['unit']}"
    if lang == "en":
        return (f"Of {len(it.target_pairs)} targets that both set, “{row['left_indicator']}” differs most: {values} (clauses {row['left_clause']} and "
                f"{row['right_clause']}), {factor:.3g} times as much in {higher}.")  # fmt: skip
    return (f"双方共有的 {len(it.target_pairs)} 个目标中，“{row['left_indicator']}”差别最大：{values}（第 {row['left_clause']} 条、第 {row['right_clause']} 条），"
            f"{higher}是另一方的 {factor:.3g} 倍。")  # fmt: skip


def _budget(it: Comparison, lang: str) -> str:
    parts = []
    for side in (it.left, it.right):
        check = pairs.check_total(side)
        stated = int((side.budgets["scope"] == "section").sum())
        if lang == "en":
            text = f"{side.name} states the allotment of {stated} of {len(side.sections)} sections, {check['sum'] / 1e8:.4g} hundred million yuan together"  # type: ignore[operator]
            text += (
                ""
                if check["stated"] is None
                else f" (its stated total differs by {check['difference'] / 1e4:.6g} ten thousand yuan)"
            )  # type: ignore[operator]
        else:
            text = f"{side.name} {len(side.sections)} 个部分中 {stated} 个列明安排资金，合计 {yi(check['sum'] or 0)}"
            text += (
                ""
                if check["stated"] is None
                else f"（与文中总额 {yi(check['stated'])} 相差 {check['difference'] / 1e4:.6g} 万元）"
            )  # type: ignore[operator]
        parts.append(text)
    return "; ".join(parts) + "." if lang == "en" else "；".join(parts) + "。"


def _alone(it: Comparison, lang: str) -> str:
    counts = [
        len(it.left.targets) - it.target_pairs["left_target"].nunique(),
        len(it.right.targets) - it.target_pairs["right_target"].nunique(),
    ]
    if lang == "en":
        return (f"{counts[0]} of the {len(it.left.targets)} targets of {it.left.name} and {counts[1]} of the {len(it.right.targets)} of {it.right.name} "
                "are set by one district only or not on one scale.")  # fmt: skip
    return (f"{it.left.name} {len(it.left.targets)} 个目标中 {counts[0]} 个、{it.right.name} {len(it.right.targets)} 个目标中 {counts[1]} 个"
            "只有一方提出或口径不同，不能并列。")  # fmt: skip


def _firm(it: Comparison, lang: str) -> str:
    shares = [
        float((side.targets["commitment"] == "aspirational").mean() * 100) if len(side.targets) else 0.0
        for side in (it.left, it.right)
    ]
    if lang == "en":
        return f"{shares[0]:.0f} % of the targets of {it.left.name} and {shares[1]:.0f} % of those of {it.right.name} are worded as aspirations (力争, 争取 …)."
    return f"以“力争”“争取”等表述的目标，{it.left.name}占 {shares[0]:.0f}%，{it.right.name}占 {shares[1]:.0f}%。"
