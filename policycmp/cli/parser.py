"""The words of the command line → its arguments. What is told about them stands in the phrase book, argparse's too."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

import policycmp
from policycmp.cli import commands, many, programs
from policycmp.wording import LANGUAGES, label, language

PASSING = ("app", "lab")  # commands that hand on the options of the program that they start


def read(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command; wrong usage ends the program with status 2."""
    lang = _asked(argv) or language("zh")
    with _spoken(lang):
        top = parser(lang)
        arguments, rest = top.parse_known_args(argv)
        if rest and arguments.command not in PASSING:
            top.error(argparse._("unrecognized arguments: %s") % " ".join(rest))  # type: ignore[attr-defined]
        arguments.rest, arguments.lang = rest, lang
        if arguments.command == "report" and len(arguments.pair) not in (0, 2):
            top.error(label("two_or_none", lang, "help"))
    return arguments


def _asked(argv: Sequence[str]) -> str:
    """Return the language that the options name, "" where they name none: it is needed before they are read."""
    named = [part.partition("=")[2] for part in argv if part.startswith("--lang=")]
    named += [after for part, after in pairwise(argv) if part == "--lang"]
    return next((one for one in named if one in LANGUAGES), "")


@contextmanager
def _spoken(lang: str) -> Iterator[None]:
    """Let argparse say its own words in ``lang``: it looks each up by its function ``_`` when it needs it."""
    words = vars(argparse)
    own = words["_"]
    words["_"] = partial(label, lang=lang, chapter="usage")
    try:
        yield
    finally:
        words["_"] = own


def parser(lang: str = "zh") -> argparse.ArgumentParser:
    """Return the parser of the command line, which explains itself in ``lang``."""
    say = partial(label, lang=lang, chapter="help")
    top = argparse.ArgumentParser(
        prog="policycmp", description=say("policycmp"), epilog=say("epilog"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"policycmp {policycmp.__version__}", help=say("version"))
    _general(top, say, data=None)
    add = _adder(top.add_subparsers(dest="command", required=True, metavar=say("COMMAND")), say)

    report = add("report", commands.report)
    report.add_argument("pair", nargs="*", metavar=say("LEFT_RIGHT"), help=say("pair"))
    report.add_argument("--out", metavar=say("DIR"), default="build/report", help=say("report_out"))
    report.add_argument("--both", action="store_true", help=say("both"))

    pdf = add("pdf", commands.pdf)
    pdf.add_argument("--out", metavar=say("DIR"), default="build/report", help=say("pdf_out"))
    pdf.set_defaults(pair=[], both=False, template=None)

    tables = add("tables", commands.tables)
    tables.add_argument("sources", nargs="*", metavar=say("SOURCE"), help=say("sources"))

    compare = add("compare", commands.compare)
    compare.add_argument("left", metavar=say("LEFT"))
    compare.add_argument("right", metavar=say("RIGHT"))
    compare.add_argument("--threshold", type=_share, metavar="0…1", help=say("threshold"))

    check = add("check", commands.check)
    check.add_argument("source", metavar=say("SOURCE"))
    check.add_argument("--html", metavar=say("FILE"), help=say("html"))
    check.add_argument("--all", action="store_true", help=say("all"))
    check.add_argument("--numbers", action="store_true", help=say("numbers"))

    matrix = add("matrix", commands.matrix)
    matrix.add_argument("sources", nargs="+", metavar=say("SOURCE"), help=say("columns"))
    matrix.add_argument("--parent", metavar=say("SOURCE"), default="", help=say("parent"))

    editions = add("editions", commands.editions)
    editions.add_argument("old", metavar=say("OLD"))
    editions.add_argument("new", metavar=say("NEW"))
    editions.add_argument("--out", metavar=say("DIR"), help=say("editions_out"))
    editions.add_argument("--track-changes", metavar=say("FILE"), help=say("track_changes"))

    for command in (tables, compare, matrix):
        command.add_argument("--out", metavar=say("DIR"), required=True, help=say("out"))
    for command in (tables, compare):
        command.add_argument("--office", action="store_true", help=say("office"))
    for command in (compare, matrix):
        command.add_argument("--no-charts", action="store_true", help=say("no_charts"))
        command.add_argument("--size", choices=("column", "page", "slide"), default="page", help=say("size"))
    for command in (report, compare, matrix, editions):
        command.add_argument("--template", metavar=say("FILE"), help=say("template"))
    for command in (tables, compare, matrix, editions):
        command.add_argument("--corrections", metavar=say("DIR_none"), help=say("corrections"))

    adding = add("add", commands.add)
    adding.add_argument("file", metavar=say("FILE"))
    adding.add_argument("--district", metavar=say("NAME"), required=True, help=say("district"))
    adding.add_argument("--district-en", metavar=say("NAME"), default="", help=say("district_en"))
    adding.add_argument("--id", metavar=say("ID"), default="", help=say("id"))
    add("list", commands.listing)
    remove = add("remove", commands.remove)
    remove.add_argument("id", metavar=say("ID"))
    remove.add_argument("--yes", action="store_true", help=say("yes"))

    many.add_panel(add("panel", many.panel), say)
    many.add_corpus(add("corpus", many.corpus), say)

    evaluate = add("evaluate", commands.evaluate)
    evaluate.add_argument("--texts", metavar=say("DIR"), help=say("texts"))
    add("lab", programs.lab)
    app = add("app", programs.app)
    app.add_argument("notebook", nargs="?", metavar=say("NOTEBOOK"), help=say("notebook"))
    return top


def _adder(subparsers: argparse._SubParsersAction, say: Callable[[str], str]) -> Callable[..., argparse.ArgumentParser]:  # type: ignore[type-arg]
    """Return a function that adds a command of a name, run by a function; its help is the phrase of that name."""

    def add(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = subparsers.add_parser(name, help=say(name), description=say(name))
        command.set_defaults(run=run)
        _general(command, say, data=argparse.SUPPRESS)  # what was said before the command is not forgotten
        return command

    return add


def _general(command: argparse.ArgumentParser, say: Callable[[str], str], *, data: str | None) -> None:
    """Add the options that every command takes, before its name or behind it."""
    command.add_argument("--data", metavar=say("DIR"), default=data, help=say("data"))
    command.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say("lang"))


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(text)
    return value
