"""The templates of the page: whatever is put into one is escaped, but for HTML that came out of another."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from policycmp.errors import need

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@cache
def _environment() -> Environment:
    need("report", "jinja2")
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("policycmp.report.page")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def fill(template: str, **values: Any) -> Markup:
    """Return a template with its values, as HTML that no other template escapes again."""
    from markupsafe import Markup

    return Markup(_environment().get_template(template).render(values))


def resource(name: str) -> Markup:
    """Return a file beside the templates as it stands: a style or a script of our own."""
    from markupsafe import Markup

    folder = resources.files("policycmp.report.page") / "templates"
    return Markup(folder.joinpath(name).read_text(encoding="utf-8"))
