"""The options of every chart: in its signature, explained in its docstring, said once."""

import inspect

import drawn
import pytest

from policycmp import charts

EACH_CHART = pytest.mark.parametrize("name", drawn.SMALL)


@EACH_CHART
def test_every_option_is_in_the_signature_of_every_chart(name):
    parameters = inspect.signature(getattr(charts, name)).parameters
    assert next(iter(parameters)) == "data"
    options = {key: one for key, one in parameters.items() if key != "data"}
    assert all(one.kind is one.KEYWORD_ONLY for one in options.values())
    assert set(charts.Options.__annotations__) <= set(options)


@EACH_CHART
def test_help_explains_every_parameter_of_a_chart(name):
    chart = getattr(charts, name)
    lines = chart.__doc__.splitlines()
    explained = [line.partition(" : ")[0].split(", ") for line in lines if " : " in line and line[0] != " "]
    assert set(inspect.signature(chart).parameters) <= {key for keys in explained for key in keys}
    assert "**options" not in chart.__doc__ and "Attributes" not in chart.__doc__
