"""What an evaluation finds: scores, attributes, misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policycmp.evaluate import annotated
from policycmp.wording import said

if TYPE_CHECKING:
    import pandas as pd


@dataclass
class Evaluation:
    """Scores, attribute accuracies and misses, one row each in a DataFrame.

    ``scores``: group, table, reference, found, hit, precision, recall, f1; ``genres`` the same by genre. ``bins``: how
    often rows of each confidence are right (see `bins`). ``attributes``: group, attribute, right,
    of, accuracy. ``misses``: group, table, kind (missed, invented, or the attribute that is wrong), what: the key of a
    phrase of the chapter ``notices``, and its values. ``clause_pairs`` and ``calibration``: the rows of the functions
    of these names, for the annotated pairs whose texts are there, each judged by weights fitted on all others.
    """

    scores: list[dict[str, Any]] = field(default_factory=list)
    attributes: list[dict[str, Any]] = field(default_factory=list)
    misses: list[dict[str, Any]] = field(default_factory=list)
    clause_pairs: list[dict[str, Any]] = field(default_factory=list)
    calibration: list[dict[str, Any]] = field(default_factory=list)
    genres: list[dict[str, Any]] = field(default_factory=list)
    bins: list[dict[str, Any]] = field(default_factory=list)

    def frame(self, name: str, lang: str = "zh") -> pd.DataFrame:
        """Return one of the tables as a DataFrame by its name, the misses in words."""
        import pandas as pd

        scored = ["table", "reference", "found", "hit", "precision", "recall", "f1"]
        columns = {
            "scores": ["group", *scored],
            "genres": ["genre", *scored],
            "bins": ["texts", "low", "high", "rows", "said", "right"],
            "attributes": ["group", "attribute", "right", "of", "accuracy"],
            "misses": ["group", "table", "kind", "what"],
            "clause_pairs": annotated.FOUND,
            "calibration": annotated.TOLD,
        }
        rows = self.told(lang) if name == "misses" else getattr(self, name)
        return pd.DataFrame(rows, columns=columns[name])

    def told(self, lang: str = "zh") -> list[dict[str, str]]:
        """Return the misses in words."""
        phrases = [row["what"] for row in self.misses]
        texts = [said(key, lang, chapter="notices", **values) for key, values in phrases]
        return [row | {"what": text} for row, text in zip(self.misses, texts, strict=True)]

    def score(self, group: str, table: str, reference: int, found: int, hit: int) -> None:
        """Add a line of scores."""
        self.scores.append({"group": group, **scored(table, reference, found, hit)})

    def miss(self, group: str, table: str, kind: str, key: str, values: Mapping[str, Any]) -> None:
        """Add a miss."""
        self.misses.append({"group": group, "table": table, "kind": kind, "what": (key, values)})


def scored(table: str, reference: int, found: int, hit: int) -> dict[str, Any]:
    """Return a line of scores; nothing expected and nothing found is a full score."""
    precision = hit / found if found else float(reference == 0)
    recall = hit / reference if reference else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    line = {"table": table, "reference": reference, "found": found, "hit": hit}
    return line | {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
