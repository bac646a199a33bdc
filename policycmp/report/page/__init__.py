"""The page of a report: one HTML file that needs no other and no network, made of templates that escape all text."""

from policycmp.report.page.rendering import charts_of, render

__all__ = ["charts_of", "render"]
