"""Work that several processes do, its results in the order of what they are from."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

MANY = 20  # items: fewer are done before a second process has started
_AT_ONCE = 4  # items that a process does before it hands them on
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_order(function: Callable[[_Item], _Result], items: Sequence[_Item], *, workers: int = 1) -> Iterator[_Result]:
    """Yield what ``function`` makes of each item; many are counted on stderr where that is a terminal.

    The processes are never far ahead of who takes the results: what waits does not grow with the number of items.
    """
    for number, result in enumerate(_results(function, items, workers), 1):
        if len(items) >= MANY and sys.stderr.isatty():
            print(f"{number} / {len(items)}", end="\r", file=sys.stderr)
        yield result


def _results(function: Callable[[_Item], _Result], items: Sequence[_Item], workers: int) -> Iterator[_Result]:
    if workers < 2 or len(items) < MANY:
        yield from map(function, items)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    start = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
    with ProcessPoolExecutor(workers, mp_context=start) as pool:
        waiting: deque[Future[list[_Result]]] = deque()
        for first in range(0, len(items), _AT_ONCE):
            waiting.append(pool.submit(_some, function, items[first : first + _AT_ONCE]))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _some(function: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    return [function(item) for item in items]
