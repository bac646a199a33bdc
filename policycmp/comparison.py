"""One `Comparison` holds the tables of two documents and what joins them; it prints as a table, and never draws."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from policycmp import document, files, pairing, reading
from policycmp.corrections import Corrections, Decision
from policycmp.errors import PolicyError
from policycmp.reading import Policy, data_folder
from policycmp.text.lexicon import Lexicon
from policycmp.wording import label

if TYPE_CHECKING:
    import pandas as pd

Found = TypeVar("Found")
# What a text says of itself, and its text: all of a `Policy` but its folder and its words.
_TOLD = tuple(one.name for one in fields(Policy) if one.name not in ("folder", "lexicon"))


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two documents side by side, as `compare` returns them; data/DATA_DICTIONARY.md explains the columns.

    Attributes
    ----------
    left, right : Tables
        The tables of each document; ``comparison["left"]`` is the same.
    alignment : DataFrame
        Which clause answers which, how alike they are (0 to 1), and why.
    target_pairs : DataFrame
        The targets that can be compared: both values in one unit, and their ratio, left by right.
    budget_pairs : DataFrame
        What each section is allotted on both sides, in yuan.
    target_candidates, incentive_candidates : DataFrame
        Near misses among the targets, and among the incentives, each with the reason why it is no pair.
    incentive_pairs : DataFrame
        The same thing paid for on both sides: both amounts, their ratio, and who pays more.
    sections : tuple of SectionPair
        Which section answers which, in the order of the left document; then those of the right one that answer none.
    aligned : Aligned
        The scores behind the alignment, for `pairs.explain` and `pairs.doubtful`.
    lang : str
        The language, zh or en, in which the comparison is shown: its tables, sentences, charts and files.
    corrections : Corrections
        What a researcher decided, which is applied already.
    part : int
        Which part of both documents is compared.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> one = comparison.target_pairs.iloc[0]
    >>> print(one["left_indicator"], one["left_value"], one["right_value"], one["ratio"])
    新增卓越工程师 8.0 5.0 1.6
    """

    left: document.Tables
    right: document.Tables
    alignment: pd.DataFrame
    target_pairs: pd.DataFrame
    target_candidates: pd.DataFrame
    budget_pairs: pd.DataFrame
    incentive_pairs: pd.DataFrame
    incentive_candidates: pd.DataFrame
    sections: tuple[pairing.SectionPair, ...]
    aligned: pairing.Aligned
    lang: str = "zh"
    corrections: Corrections = field(default_factory=Corrections.none, repr=False)
    part: int = 0
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def sides(self) -> dict[str, document.Tables]:
        """The tables of both documents by side: left, right."""
        return {"left": self.left, "right": self.right}

    def __getitem__(self, side: str) -> document.Tables:
        """Return the tables of one side: left or right."""
        return self.sides[side]

    @property
    def targets(self) -> pd.DataFrame:
        """The targets of both documents in one table."""
        return document.stack([self.left, self.right])["targets"]

    @property
    def budgets(self) -> pd.DataFrame:
        """The budgets of both documents in one table."""
        return document.stack([self.left, self.right])["budgets"]

    def speaking(self, lang: str) -> Comparison:
        """Return the comparison shown in another language; the tables are the same."""
        return self if lang == self.lang else replace(self, lang=lang)

    def on_the_left(self, side: str, sections: Iterable[int]) -> list[int]:
        """Return the sections of the left document that those of a side are or answer; -1 where there is none.

        What stands outside every section (0) stands there on the left as well.
        """
        numbers = [int(section) for section in sections]
        if side == "left":
            return numbers
        answers = {0: 0} | {right: left for left, right in pairing.answered(self.sections)}
        return [answers.get(number, -1) for number in numbers]

    def summary(self) -> pd.DataFrame:
        """Return one row per count: what is counted, left, right, paired; in the comparison's language."""
        import pandas as pd

        relation = self.alignment["relation"]
        counts = {name: (len(rows), len(self.right.rows[name])) for name, rows in self.left.rows.items()}
        one, two = ({row["body"] for row in side.rows["responsibilities"]} for side in self.sides.values())
        rows: list[tuple[str, int, int, int]] = [
            ("sections", *counts["sections"], len(pairing.answered(self.sections))),
            ("clauses", *counts["clauses"], int(relation.isin(["same", "partial"]).sum())),
            ("alone", int((relation == "left_only").sum()), int((relation == "right_only").sum()), 0),
            ("targets", *counts["targets"], len(self.target_pairs)),
            ("budgets", *counts["budgets"], int(self.budget_pairs["comparable"].sum())),
            ("bodies", len(one), len(two), len(one & two)),
        ]
        lines = [(label(name, self.lang, "summary"), *numbers) for name, *numbers in rows]
        fact, both = (label(name, self.lang, "summary") for name in ("fact", "paired"))
        names = [side.named(self.lang) for side in self.sides.values()]
        return pd.DataFrame(lines, columns=[fact, *names, both]).set_index(fact)

    def save(self, path: str | Path) -> Path:
        """Write both texts, and what they were compared with, to one file, of which `load` makes the comparison again.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        Path
            The file.

        Examples
        --------
        >>> comparison = policycmp.compare("longwan", "lucheng", lang="en")
        >>> again = policycmp.Comparison.load(comparison.save("pair.json"))
        >>> again.target_pairs.equals(comparison.target_pairs), again.lang
        (True, 'en')
        """
        policies = [{name: getattr(one.policy, name) for name in _TOLD} for one in self.sides.values()]
        added = [(file.name, content.decode()) for file, content in self.left.policy.lexicon.added]
        decided = [(row.table, row.line, dict(row.cells), str(row.file), row.numbers) for row in self.corrections.rows]
        whole = {"policycmp": 1, "documents": policies, "words": added, "decisions": decided}
        whole |= {"threshold": self.aligned.threshold, "part": self.part, "lang": self.lang}
        with files.replacing(Path(path)) as temporary:
            temporary.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
        return Path(path)

    @classmethod
    def load(cls, path: str | Path) -> Comparison:
        """Return the comparison that `save` has written, made again of the same texts and decisions.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        Comparison
            The same, as far as this version of the program compares as that one did.

        Raises
        ------
        PolicyError
            If the file is none that `save` has written.
        """
        try:
            whole = json.loads(files.read_bytes(Path(path)).decode("utf-8"))
            lexicon = Lexicon.of((Path(name), text.encode()) for name, text in whole["words"])
            told = [{**one, "notes": tuple(map(tuple, one["notes"]))} for one in whole["documents"]]
            left, right = (Policy(**one, lexicon=lexicon, folder=data_folder()) for one in told)
            rows = [
                Decision(table, line, cells, Path(file), tuple(numbers))
                for table, line, cells, file, numbers in whole["decisions"]
            ]
            options = {name: whole[name] for name in ("threshold", "part", "lang")}
        except (ValueError, KeyError, TypeError) as error:
            raise PolicyError("no_comparison", path) from error
        decided = Corrections(tuple(rows))
        sides = [document.load(one, corrections=decided) for one in (left, right)]
        return compare(*sides, corrections=decided, **options)

    def __repr__(self) -> str:
        return self.summary().to_string()

    def _repr_html_(self) -> str:
        return str(self.summary().to_html(escape=True))


def compare(
    left: str | Path | document.Tables,
    right: str | Path | document.Tables,
    *,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
    threshold: float | None = None,
    part: int = 0,
    lang: str = "zh",
) -> Comparison:
    """Compare two documents.

    Parameters
    ----------
    left, right : str, Path or Tables
        Document ids, paths of files, or tables that are loaded already.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    corrections : Corrections, str or Path, optional
        The corrections or their folder; by default ``overrides/`` in the data folder, and a folder of that name beside
        a text given by its path; "none" for none.
    threshold : float, optional
        The probability that a pair of clauses has to reach, in [0, 1]; by default 0.4.
    part : int
        Which part of both is compared: 0, the main text, or an annex by its number in the table ``parts``.
    lang : str
        The language in which the comparison is shown, zh or en.

    Returns
    -------
    Comparison
        The tables of both documents, and of what answers what; it prints as a summary.

    Raises
    ------
    PolicyError
        If a source or a correction is at fault.

    Examples
    --------
    >>> policycmp.compare("longwan", "lucheng", lang="en")
                         Longwan  Lucheng  pairs
    fact
    sections                   8        8      8
    clauses                   40       41     40
    ...
    """
    options: dict[str, Any] = {"data": data, "corrections": corrections}
    named = zip((left, right), reading.told_apart((left, right), data), strict=True)
    sides = [document.load(one, doc=doc, **options).of_part(part) for one, doc in named]
    if sides[0].doc == sides[1].doc and sides[0].policy.sha256 != sides[1].policy.sha256:
        raise PolicyError("same_id", sides[1].policy.source_file, doc=sides[0].doc)
    decided = document.corrections_for({sides[0].doc: left, sides[1].doc: right}, corrections, data=data)
    aligned = pairing.align(sides[0], sides[1], limit=threshold, corrections=decided)
    sections = pairing.section_pairs(sides[0], sides[1], aligned)
    paired, candidates = pairing.target_pairs(sides[0], sides[1], aligned, sections, corrections=decided)
    return Comparison(
        sides[0],
        sides[1],
        aligned.table,
        paired,
        candidates,
        pairing.budget_pairs(sides[0], sides[1], sections),
        *pairing.incentive_pairs(sides[0], sides[1], aligned, sections, corrections=decided),
        sections,
        aligned,
        lang,
        decided,
        part,
    )
