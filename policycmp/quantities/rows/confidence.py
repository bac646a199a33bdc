"""How probable it is that a number has the role that it was given, told by what speaks for it and against it.

Each signal is a number in [0, 1]; `confidence.toml` holds its weight in a logistic curve, for roles and for references.
``tests/fit_confidence.py`` fits them, and judges them by documents that took no part.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from policycmp.quantities.phrases import Measure
from policycmp.quantities.sentence import Sentence
from policycmp.schema import Record
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import begins_word

FARTHEST = 24  # characters between a verb and its number: what stands farther off is as far
LONGEST_NAME = 24  # characters of an indicator: a longer one has mostly swallowed something
MOST_NUMBERS = 5  # of one phrase
DIGITS = 2  # of the result: it is not known better

Signals = dict[str, float]


def confidence(row: Record, signals: Signals, lexicon: Lexicon) -> float:
    """Return how probable it is that the role of a row is right."""
    model = lexicon["confidence"]
    weights: Mapping[str, float] = model[model_of(row)]
    logit = weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in signals.items())
    return round(float(model["ceiling"]) / (1.0 + math.exp(-logit)), DIGITS)


def model_of(row: Record) -> str:
    """Return which weights a row is judged by: a reference is one where nothing gives it a role."""
    return "references" if row["role"] == "reference" else "roles"


def of_calendar(row: Record) -> Signals:
    """Return the signals of a number that no rule judges: a date, a year, a number in a name or of a heading."""
    return {"calendar": 1.0, "unread": float(bool(row["flag"]))}


def of_measure(sentence: Sentence, measure: Measure, row: Record) -> Signals:
    """Return the signals of a number in its phrase."""
    text, numeral = sentence.text, measure.numeral
    lead, tail = text[measure.phrase[0] : measure.before], text[slice(*measure.tail)].strip("。;!?,\n: ")
    verbs = list(sentence.pattern("governs").finditer(lead))
    closes = not tail
    signals = {
        row["role"]: 1.0,
        "governed": float(bool(verbs)),
        "far": min(len(lead) - verbs[-1].end(), FARTHEST) / FARTHEST if verbs else 0.0,
        "closes": float(closes),
        "thing_behind": float(begins_word(tail, "“")),
        "bounded": float(measure.comparator != "equal"),
        "rate": float(numeral.unit in {"%", "百分点", "‰"}),
        "money": float(numeral.unit in sentence.lexicon["money_units"]),
        "no_unit": float(not numeral.unit),
        "unknown_unit": float(bool(numeral.unit) and numeral.unit not in _units(sentence.lexicon)),
        "spelled": float(numeral.form in {"chinese", "rank"}),
        "quoted": float(bool(measure.inside)),
        "unplaced": float(row["flag"] == "unplaced"),
        "crowded": min(max(len(measure.siblings) - 1, 0), MOST_NUMBERS) / MOST_NUMBERS,
        "annexed": float(sentence.annexed),
    }
    return signals | _contradictions(sentence, measure, lead, tail) | _of_name(row) | _of_time(sentence, measure)


def _units(lexicon: Lexicon) -> frozenset[str]:
    return frozenset((*lexicon["units"], *lexicon["unit_names"].values()))


def _contradictions(sentence: Sentence, measure: Measure, lead: str, tail: str) -> Signals:
    """Return what speaks for another role than the one found."""
    so_far = sentence.text[sentence.span[0] : measure.numeral.start]
    stands = sentence.hit("existing", lead.rstrip("“")) or sentence.pattern("background").match(lead)
    return {
        "paying": float(bool(sentence.hit("pay", sentence.text[slice(*sentence.span)]))),
        "existing": float(bool(stands)),
        "attributive": float(sentence.behind(measure, 1) == "的"),
        "from": float(bool(sentence.hit("from", lead))),
        "others": float(bool(re.search("全国|我国|国家|中央|全省", so_far))),
        "acts_behind": float(bool(sentence.pattern("happened").match(tail))),
        "sized": float(any(other.numeral.start > measure.numeral.start for other in measure.siblings)),
        "of_project": float(bool(re.search("总投资|工程|项目|基地", lead[-8:] + tail[:8]))),
    }


def _of_name(row: Record) -> Signals:
    name = row.get("indicator") or ""
    return {
        "unnamed": float(row["role"] != "reference" and (len(name) < 2 or name.startswith("（"))),
        "long_name": float(len(name) > LONGEST_NAME),
    }


def _of_time(sentence: Sentence, measure: Measure) -> Signals:
    """Return how it was told whether the number was reached already."""
    timeline = sentence.timeline
    told = timeline.since or timeline.own or timeline.above
    before = sentence.text[sentence.span[0] : measure.numeral.start]
    past, plans = timeline.cues.past.search(before), timeline.cues.plans.search(before)
    return {
        "time_untold": float(told is None),
        "in_review": float(bool(told and told.reached)),
        "past_word": float(bool(past)),
        "plan_word": float(bool(plans)),
        "both_times": float(bool(plans and (past or (told and told.reached)))),
    }
