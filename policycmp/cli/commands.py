"""What each command does. A function imports what it needs when it is called: help must answer at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from policycmp.errors import PolicyError

WORKERS = min(2, os.cpu_count() or 1)  # processes that read many documents


def report(arguments: argparse.Namespace) -> int:
    """Make the whole report of a pair."""
    from policycmp import reading
    from policycmp.report import making

    pair = arguments.pair or reading.pair(arguments.data)
    options = {"lang": arguments.lang, "data": arguments.data, "template": arguments.template}
    making.make(*pair, out=arguments.out, both=arguments.both, **options)
    return 0


def pdf(arguments: argparse.Namespace) -> int:
    """Print the report's page, which is made first where there is none."""
    from policycmp.report import browser

    page = Path(arguments.out) / "index.html"
    if not page.exists():
        report(arguments)
    print(arguments.say("report", text=browser.print_pdf(page, page.with_name("report.pdf"))))
    return 0


def tables(arguments: argparse.Namespace) -> int:
    """Write the tables of documents."""
    from policycmp import document, reading
    from policycmp.export import tables as rows
    from policycmp.shown import naming

    sources = arguments.sources or list(reading.known(arguments.data))
    if not sources:
        raise PolicyError("none_known", "data/sources.toml")
    options = {"data": arguments.data, "corrections": arguments.corrections}
    told: list[str] = []

    def read() -> Iterator[document.Tables]:
        """Yield each document, which nothing holds when its rows are written but the line that counts them."""
        for one in document.load_each(sources, workers=WORKERS, **options):
            told.append(naming.tally(one, arguments.lang))
            yield one

    paths = rows.write_tables(read(), arguments.out, office=arguments.office)
    print(*told, sep="\n")
    kinds = {path.suffix for path in paths}
    if arguments.office and ".xlsx" not in kinds:
        print(arguments.say("parquet" if ".parquet" in kinds else "csv_alone", most=rows.MOST_ROWS))
    print(arguments.say("documents_written", out=arguments.out, number=len(told)))
    if not arguments.office:
        print(arguments.say("ask_office"))
    return 0


def compare(arguments: argparse.Namespace) -> int:
    """Set two documents side by side."""
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
    office = arguments.office or arguments.template is not None
    export.write_comparison(found, arguments.out, template=arguments.template, office=office)
    if not arguments.no_charts:
        from policycmp.export import figures

        figures.write(found, f"{arguments.out}/figures", size=arguments.size)
    print(found)
    print(repr(sentences.findings(found)))
    print(arguments.say("pairs_written", threshold=found.aligned.threshold, out=arguments.out))
    if not office:
        print(arguments.say("ask_office"))
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Say what looks wrong in a document."""
    from policycmp import document
    from policycmp.asking import check
    from policycmp.report import audit

    found = document.load(arguments.source, data=arguments.data)
    print(check.report(found, arguments.lang, whole=arguments.all))
    if arguments.numbers:
        print(audit.listing(found, arguments.lang))
    if arguments.html:
        print(f"\n{audit.write(found, arguments.html, arguments.lang)}")
    if check.usable(found):
        return 0
    raise PolicyError("no_policy", arguments.source)


def matrix(arguments: argparse.Namespace) -> int:
    """Set many documents side by side."""
    from policycmp import export, many

    options = {"data": arguments.data, "corrections": arguments.corrections}
    found = many.matrix(arguments.sources, parent=arguments.parent, workers=WORKERS, lang=arguments.lang, **options)
    export.write_matrix(found, arguments.out, template=arguments.template)
    if not arguments.no_charts:
        from policycmp import charts

        ax = charts.matrix(found, size=arguments.size)
        charts.save_chart(ax, f"{arguments.out}/figures/matrix")
    print(found.summary().to_string())
    print(arguments.say("measures_written", number=found.measures["measure"].nunique(), out=arguments.out))
    return 0


def editions(arguments: argparse.Namespace) -> int:
    """Say what a new edition changes."""
    from policycmp import document, export, files, many
    from policycmp.shown import grids

    options = {"data": arguments.data, "corrections": arguments.corrections}
    old, new = sides = document.load_many([arguments.old, arguments.new], **options)
    found = many.editions(old, new, **options)
    if arguments.out:
        export.write_changes(found, sides, arguments.out, lang=arguments.lang, template=arguments.template)
    if arguments.track_changes:
        path = Path(arguments.track_changes)
        files.folder(path.parent)
        export.write_tracked_changes(old, new, path, lang=arguments.lang, template=arguments.template)
    print(repr(grids.changed(found, sides, arguments.lang)))  # last: whoever reads it may read its beginning only
    print(repr(grids.change_counts(found, arguments.lang)))
    for path in filter(None, (arguments.out, arguments.track_changes)):
        print(arguments.say("written", out=path))
    return 0


def add(arguments: argparse.Namespace) -> int:
    """Take a document into the data folder."""
    from policycmp import library
    from policycmp.asking import check

    names = {"district": arguments.district, "district_en": arguments.district_en, "doc": arguments.id}
    found = library.add(arguments.file, data=arguments.data, **names)
    print(arguments.say("added", doc=found.doc), check.report(found, arguments.lang), sep="\n")
    if not arguments.district_en:
        print(arguments.say("name_in_english", name=found.name, doc=found.doc))
    return 0


def listing(arguments: argparse.Namespace) -> int:
    """Show the documents of the data folder."""
    from policycmp import library

    listed = library.listing(arguments.data, arguments.lang)
    if arguments.data and not Path(arguments.data).is_dir():
        raise PolicyError("no_data_folder", arguments.data)
    print(repr(listed))
    if len(listed.rows) > library.MOST_READ:
        print(arguments.say("listing_read", most=library.MOST_READ, number=len(listed.rows)))
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Take a document out of the data folder."""
    from policycmp import library, reading

    if not arguments.yes and arguments.id in reading.known(arguments.data):
        folder = reading.data_folder(arguments.data)
        print(arguments.say("ask_to_remove", doc=arguments.id, folder=folder), end="", flush=True)
        if sys.stdin.readline().strip().lower() not in arguments.say("agreed").split():
            print(arguments.say("nothing_removed"))
            return 1
    print(*library.remove(arguments.id, data=arguments.data, lang=arguments.lang), sep="\n")
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the program against what was read by hand."""
    from policycmp.evaluate import evaluate as measured
    from policycmp.shown import quality

    print(quality.report(measured(arguments.data, texts=arguments.texts), arguments.lang))
    return 0
