from types import SimpleNamespace

import numpy as np
import pytest

from policycmp.pairing import choice


def test_the_assignment_is_optimal_not_greedy():
    nothing = np.zeros((2, 2))
    scores = SimpleNamespace(
        total=np.array([[0.9, 0.8], [0.8, 0.1]]), covered_left=nothing, covered_right=nothing, best_sentence=nothing
    )
    assert choice.choose(scores, 0.5) == {(0, 1): "same", (1, 0): "same"}
    assert choice.choose(scores, 0.85) == {}


@pytest.mark.parametrize(("further", "relation"), [(0.72, "same"), (0.54, "partial")])
def test_a_further_pair_is_the_same_measure_if_it_is_nearly_as_alike_as_the_main_pair(further, relation):
    """0.9 is the main pair's similarity; the right clauses are two halves of the left one."""
    total, half = np.array([[0.9, further]]), np.array([[0.5, 0.5]])
    scores = SimpleNamespace(total=total, covered_left=half, covered_right=half, best_sentence=total)
    assert choice.choose(scores, 0.3) == {(0, 0): "same", (0, 1): relation}
    turned = SimpleNamespace(total=total.T, covered_left=half.T, covered_right=half.T, best_sentence=total.T)
    assert choice.choose(turned, 0.3) == {(0, 0): "same", (1, 0): relation}
