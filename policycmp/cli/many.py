"""The commands of many documents: panel, and corpus with its verbs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from policycmp.cli.commands import WORKERS
from policycmp.errors import PolicyError

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 30  # rows of an answer that are printed; --out writes all


def add_panel(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Add the arguments of ``panel``."""
    command.add_argument("sources", nargs="*", metavar=say("SOURCE"), help=say("panel_sources"))
    command.add_argument("--pattern", metavar=say("PATTERN"), default="", help=say("pattern"))
    command.add_argument("--out", metavar=say("DIR"), required=True, help=say("out"))
    command.add_argument("--wide", metavar=say("CODE"), action="append", default=[], help=say("wide"))
    command.add_argument("--measures", metavar=say("FILE"), help=say("measures"))
    command.add_argument("--corrections", metavar=say("DIR_none"), help=say("corrections"))


def panel(arguments: argparse.Namespace) -> int:
    """Put the figures of many documents into one table; what was read is kept in the folder store beside it."""
    from importlib.util import find_spec
    from pathlib import Path

    from policycmp import export, files, many

    out = files.folder(arguments.out)
    store = out / "store" if find_spec("duckdb") else None
    found = many.panel(
        [Path(source) for source in arguments.sources] or None, pattern=arguments.pattern, store=store,
        data=arguments.data, corrections=arguments.corrections, workers=WORKERS, lang=arguments.lang,
    )  # fmt: skip
    export.write_panel(found, out, indicators=arguments.wide)
    if arguments.measures:
        files.write_csv(found.per(arguments.measures), out / "per.csv")
    print(found)
    _told(found.unreadable, arguments)
    print(arguments.say("written", out=arguments.out))
    return 0


def add_corpus(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Add the verbs of ``corpus`` and their arguments."""
    verbs = command.add_subparsers(dest="verb", required=True, metavar=say("VERB"))
    asked = {"like": "CLAUSE", "stand": "TARGET", "spread": "MEASURE", "reuse": "", "sql": "QUERY"}
    for name in ("add", "build", *asked):
        verb = verbs.add_parser(name, help=say(f"corpus_{name}"), description=say(f"corpus_{name}"))
        if name == "add":
            verb.add_argument("folder", nargs="?", metavar=say("FOLDER"), help=say("corpus_folder"))
            verb.add_argument("--pattern", metavar=say("PATTERN"), default="", help=say("pattern"))
        elif asked.get(name):
            verb.add_argument("what", metavar=say(asked[name]), help=say(f"corpus_{name}_what"))
        if name == "stand":
            verb.add_argument("--years", choices=("same", "all"), default="same", help=say("corpus_years"))
        if name in asked:
            verb.add_argument("--out", metavar=say("FILE"), help=say("corpus_out"))
        else:
            verb.add_argument("--workers", type=int, metavar="N", default=WORKERS, help=say("workers"))
            verb.add_argument("--scheduler", metavar=say("ADDRESS"), help=say("scheduler"))
            verb.add_argument("--corrections", metavar=say("DIR_none"), help=say("corrections"))
        verb.add_argument("--store", metavar=say("DIR"), default="corpus", help=say("corpus_store"))
        verb.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=say("lang"))
        verb.add_argument("--data", metavar=say("DIR"), default=argparse.SUPPRESS, help=say("data"))


def corpus(arguments: argparse.Namespace) -> int:
    """Fill a store of documents, or ask it."""
    from policycmp.many import corpus

    if arguments.verb in {"add", "build"}:
        return _fill(arguments)
    if arguments.verb == "reuse":
        found = corpus.reuse(arguments.store)
    elif arguments.verb == "stand":
        found = corpus.stand(arguments.store, arguments.what, years=arguments.years)
    else:
        found = getattr(corpus, arguments.verb)(arguments.store, arguments.what)
    _answer(found, arguments)
    return 0


def _fill(arguments: argparse.Namespace) -> int:
    from policycmp.many import corpus

    options = {name: getattr(arguments, name) for name in ("data", "corrections", "workers", "scheduler")}
    if arguments.verb == "add":
        counts = corpus.add(arguments.store, arguments.folder, pattern=arguments.pattern, **options)
    else:
        counts = corpus.build(arguments.store, **options)
    print(arguments.say("store_holds", store=arguments.store, **counts))
    if arguments.verb == "build":
        print(arguments.say("store_built", **counts))
    if counts["unreadable"]:
        print(arguments.say("unreadable_listed", file=f"{arguments.store}/unreadable.csv"))
    return 0


def _answer(found: pd.DataFrame, arguments: argparse.Namespace) -> None:
    """Print the first rows of an answer; with --out write all of them."""
    from pathlib import Path

    from policycmp import files
    from policycmp.many.collection import parquet

    if arguments.out:
        path = Path(arguments.out)
        if path.suffix not in {".csv", ".parquet"}:
            raise PolicyError("answer_format", path)
        files.folder(path.parent)
        write = files.write_csv if path.suffix == ".csv" else parquet.write
        print(arguments.say("written", out=write(found, path)))
        return
    print(found.head(SHOWN).to_string(index=False, max_colwidth=60) if len(found) else arguments.say("no_rows"))
    if len(found) > SHOWN:
        print(arguments.say("more_rows", shown=SHOWN, rows=len(found)))


def _told(unreadable: pd.DataFrame, arguments: argparse.Namespace) -> None:
    """Print the files that could not be read, the first of them."""
    column = "error_zh" if arguments.lang == "zh" else "error"
    for line in unreadable[column].head(SHOWN):
        print(line)
    if len(unreadable) > SHOWN:
        print(arguments.say("more_rows", shown=SHOWN, rows=len(unreadable)))
