"""The command ``policycmp``: read, compare, report, check. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial

from policycmp.errors import PolicyError
from policycmp.wording import LANGUAGES, said

WORKERS = min(2, os.cpu_count() or 1)  # processes that read many documents
LANG = "language of what is shown and written: zh (the default) or en; of errors, too, which else are English"
EPILOG = """A source is a document id (see data/sources.toml) or the path of a file: text, web page, Word file, PDF.
Exit status: 0 success, 1 the input is at fault (one line on stderr says how), 2 wrong usage."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="policycmp", description="Set two Chinese district policies side by side, every number with its sentence.",
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    top.add_argument("--data", metavar="DIR", help="the data folder (default: data/ here, or the shipped one)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    report = commands.add_parser(
        "report", help="regenerate the whole report of a pair: notebooks, HTML, charts, workbook"
    )
    report.add_argument("pair", nargs="*", metavar="LEFT RIGHT", help="two sources (default: the shipped pair)")
    report.add_argument("--out", metavar="DIR", default="build/report", help="where to write (default: build/report)")
    report.set_defaults(run=_report)

    tables = commands.add_parser("tables", help="write the tables of documents as CSV and one workbook")
    tables.add_argument("sources", nargs="*", metavar="SOURCE", help="sources (default: every known document)")
    tables.add_argument("--out", metavar="DIR", required=True, help="where to write")
    tables.add_argument("--corrections", metavar="DIR|none", help="a folder of corrections, or none")
    tables.set_defaults(run=_tables)

    compare = commands.add_parser("compare", help="align two documents; write the pairs, charts and workbook")
    compare.add_argument("left", metavar="LEFT")
    compare.add_argument("right", metavar="RIGHT")
    compare.add_argument("--out", metavar="DIR", required=True, help="where to write")
    compare.add_argument("--no-charts", action="store_true", help="tables and workbook only")
    compare.add_argument("--corrections", metavar="DIR|none", help="a folder of corrections, or none")
    compare.add_argument(
        "--threshold", type=_share, metavar="0…1", help="probability that a pair of clauses has to reach (default: 0.4)"
    )
    compare.set_defaults(run=_compare)

    check = commands.add_parser(
        "check", help="say what looks wrong in a document, with line numbers; exit 1 if it is none to use"
    )
    check.add_argument("source", metavar="SOURCE")
    check.add_argument("--html", metavar="FILE", help="write the text with each numeral coloured by its role")
    check.add_argument("--numbers", action="store_true", help="list every numeral by its role too")
    check.set_defaults(run=_check)

    matrix = commands.add_parser("matrix", help="set two or more documents side by side, measure by measure")
    matrix.add_argument("sources", nargs="+", metavar="SOURCE", help="the documents, in the order of their columns")
    matrix.add_argument("--out", metavar="DIR", required=True, help="where to write")
    matrix.add_argument(
        "--parent", metavar="SOURCE", default="", help="the document that the others follow (the city's)"
    )
    matrix.add_argument("--no-charts", action="store_true", help="tables and files only")
    matrix.set_defaults(run=_matrix)

    editions = commands.add_parser("editions", help="say what a new edition adds, drops, raises and lowers")
    editions.add_argument("old", metavar="OLD")
    editions.add_argument("new", metavar="NEW")
    editions.add_argument("--out", metavar="DIR", help="where to write; without it, only the summary is printed")
    editions.set_defaults(run=_editions)
    for command in (matrix, editions):
        command.add_argument("--corrections", metavar="DIR|none", help="a folder of corrections, or none")

    add = commands.add_parser("add", help="copy a document into the data folder, and check it")
    add.add_argument("file", metavar="FILE")
    add.add_argument("--district", metavar="NAME", required=True, help="what it is called in tables and charts")
    add.add_argument("--district-en", metavar="NAME", default="", help="the same in English")
    add.add_argument("--id", metavar="ID", default="", help="the id (default: the file's name)")
    add.set_defaults(run=_add)
    commands.add_parser("list", help="show the documents of the data folder").set_defaults(run=_list)
    remove = commands.add_parser("remove", help="take a document out of the data folder")
    remove.add_argument("id", metavar="ID")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    remove.set_defaults(run=_remove)

    evaluate = commands.add_parser("evaluate", help="precision, recall and F1 against the tables read by hand")
    evaluate.set_defaults(run=_evaluate)
    for command in commands.choices.values():
        command.add_argument("--lang", choices=LANGUAGES, help=LANG)
    return top


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    arguments = parser().parse_args(argv)
    arguments.told, arguments.lang = arguments.lang or "en", arguments.lang or "zh"
    arguments.say = partial(said, lang=arguments.told, chapter="command")
    try:
        return int(arguments.run(arguments) or 0)
    except PolicyError as error:
        print(f"policycmp: {error.said(arguments.told)}", file=sys.stderr)
    except BrokenPipeError:
        return 0
    except OSError as error:
        text = arguments.say("disk", file=error.filename or "file", reason=error.strerror)
        print(f"policycmp: {text}", file=sys.stderr)
    return 1


def _report(arguments: argparse.Namespace) -> int:
    from policycmp import reading
    from policycmp.report import making

    if len(arguments.pair) not in (0, 2):
        parser().error("report takes two sources, or none for the shipped pair")
    making.make(
        *(arguments.pair or reading.pair(arguments.data)), out=arguments.out, lang=arguments.lang, data=arguments.data
    )
    return 0


def _tables(arguments: argparse.Namespace) -> int:
    from policycmp import document, export, reading

    sources = arguments.sources or list(reading.known(arguments.data))
    if not sources:
        raise PolicyError("none_known", "data/sources.toml")
    found = document.load_many(sources, data=arguments.data, corrections=arguments.corrections, workers=WORKERS)
    export.write_tables(found, arguments.out)
    for one in found:
        print(one)
    print(arguments.say("documents_written", out=arguments.out, number=len(found)))
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    from policycmp import comparison, export
    from policycmp.shown import sentences

    found = comparison.compare(
        arguments.left,
        arguments.right,
        data=arguments.data,
        corrections=arguments.corrections,
        threshold=arguments.threshold,
        lang=arguments.lang,
    )
    export.write_comparison(found, arguments.out)
    if not arguments.no_charts:
        from policycmp.export import figures

        figures.write(found, f"{arguments.out}/figures")
    print(found)
    print(repr(sentences.findings(found)))
    print(arguments.say("pairs_written", threshold=found.aligned.threshold, out=arguments.out))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from policycmp import document
    from policycmp.asking import check
    from policycmp.report import audit

    found = document.load(arguments.source, data=arguments.data)
    print(check.report(found, arguments.lang))
    if arguments.numbers:
        print(audit.listing(found, arguments.lang))
    if arguments.html:
        print(f"\n{audit.write(found, arguments.html, arguments.lang)}")
    return int(not check.usable(found))


def _matrix(arguments: argparse.Namespace) -> int:
    from policycmp import export, many

    options = {"data": arguments.data, "corrections": arguments.corrections}
    found = many.matrix(arguments.sources, parent=arguments.parent, workers=WORKERS, lang=arguments.lang, **options)
    export.write_matrix(found, arguments.out)
    if not arguments.no_charts:
        from policycmp import charts

        ax = charts.matrix(found)
        charts.save_chart(ax, f"{arguments.out}/figures/matrix")
    print(found.summary().to_string())
    print(arguments.say("measures_written", number=found.measures["measure"].nunique(), out=arguments.out))
    return 0


def _editions(arguments: argparse.Namespace) -> int:
    from policycmp import document, export, many
    from policycmp.shown import grids

    options = {"data": arguments.data, "corrections": arguments.corrections}
    sides = document.load_many([arguments.old, arguments.new], **options)
    found = many.editions(*sides, **options)
    print(repr(grids.changed(found, sides, arguments.lang)))
    print(found.groupby(["kind", "change"]).size().unstack(fill_value=0).to_string())
    if arguments.out:
        export.write_changes(found, sides, arguments.out, lang=arguments.lang)
        print(arguments.say("written", out=arguments.out))
    return 0


def _add(arguments: argparse.Namespace) -> int:
    from policycmp import library
    from policycmp.asking import check

    names = {"district": arguments.district, "district_en": arguments.district_en, "doc": arguments.id}
    found = library.add(arguments.file, data=arguments.data, **names)
    print(arguments.say("added", doc=found.doc), check.report(found, arguments.lang), sep="\n")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from policycmp import library

    print(repr(library.listing(arguments.data, arguments.lang)))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    from policycmp import library, reading

    if not arguments.yes and arguments.id in reading.known(arguments.data):
        folder = reading.data_folder(arguments.data)
        print(arguments.say("ask_to_remove", doc=arguments.id, folder=folder), end="", flush=True)
        if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
            print(arguments.say("nothing_removed"))
            return 1
    print(*library.remove(arguments.id, data=arguments.data, lang=arguments.told), sep="\n")
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    from policycmp import evaluate

    print(evaluate.report(arguments.data, arguments.lang))
    return 0
