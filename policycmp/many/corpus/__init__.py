"""A store of thousands of documents: what is read once is kept, and asked what is alike, common, first and highest.

policycmp.corpus.add("store", "reports", pattern="{place}/{year}.md")
policycmp.corpus.build("store")
policycmp.corpus.like("store", "江南市-2024:12")
"""

from policycmp.many.corpus.filling import add, build
from policycmp.many.corpus.questions import like, reuse, spread, sql, stand

__all__ = ["add", "build", "like", "reuse", "spread", "sql", "stand"]
