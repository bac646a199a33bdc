"""What the CSV files of a folder are, for programs: ``datapackage.json`` as the Frictionless Data Package has it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from policycmp import files, schema
from policycmp.document import Tables

NAME = "datapackage.json"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean"}


def source(document: Tables) -> dict[str, str]:
    """Return what a package says of a document that its tables are from."""
    policy = document.policy
    return {"title": policy.title or policy.doc, "path": policy.source_file, "sha256": policy.sha256}


def write(folder: Path, sources: Iterable[Mapping[str, str]]) -> Path:
    """Describe the tables of the contract that lie in ``folder`` as CSV, and name each `source` they are from."""
    known = {name: columns for name, columns in schema.TABLES.items() if (folder / f"{name}.csv").exists()}
    return describe(folder, known, list(sources))


def describe(
    folder: Path, tables: Mapping[str, Sequence[schema.Column]], sources: Sequence[Mapping[str, str]] = ()
) -> Path:
    """Describe the CSV files of ``tables`` in ``folder``, each by its columns."""
    package = {
        "profile": "tabular-data-package",
        "name": "policycmp",
        "sources": list(sources),
        "resources": [_resource(folder / f"{name}.csv", columns) for name, columns in tables.items()],
    }
    path = folder / NAME
    with files.replacing(path) as temporary:
        temporary.write_text(json.dumps(package, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _resource(path: Path, columns: Sequence[schema.Column]) -> dict[str, Any]:
    """Return what one file is: its columns with their types, names, meanings and allowed values."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told = schema.ABOUT.get(path.stem, schema.About((path.stem,) * 2, (path.stem,) * 2))
    return {
        "profile": "tabular-data-resource",
        "name": path.stem,
        "path": path.name,
        "title": " / ".join(told.sheet),
        "description": " / ".join(told.about),
        "format": "csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": [_field(column) for column in columns], "missingValues": [""]},
    }


def _field(column: schema.Column) -> dict[str, Any]:
    about = {"title": f"{column.zh} / {column.en}", "description": " / ".join(filter(None, column.meaning))}
    field = {"name": column.name, "type": _TYPES[column.kind]} | about
    if column.kind == "flag":  # as pandas writes them
        return field | {"trueValues": ["True"], "falseValues": ["False"]}
    allowed = [value for value in column.values if value]
    return field | {"constraints": {"enum": allowed}} if allowed else field
