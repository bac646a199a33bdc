"""The pairs of documents whose charts are read back."""

import pytest

from policycmp.comparison import Comparison


@pytest.fixture(scope="module", params=["shipped", "other"])
def either(request, shipped, other) -> Comparison:
    """The shipped pair, and then one whose clause numbers begin anew in every section."""
    return {"shipped": shipped, "other": other}[request.param]
