"""Generated texts against the laws of the tables: ``python tests/fuzz_laws.py [NUMBER [FIRST]]``, a million by default.

A text that breaks a law is told with its seed; ``texts_made.text(seed)`` is that text again.
"""

import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import laws
import texts_made

from policycmp.comparison import compare
from policycmp.errors import PolicyError

CHUNK = 5000
SLOW = 5  # seconds of CPU: of texts this short a hundred times what is usual


class Held(NamedTuple):
    """What was seen of some texts: how many were tables, pairs of them, what broke, and a digest of all."""

    texts: int
    read: int
    pairs: int
    broken: list[str]
    digest: str


def hold(seeds, *, each_pair=100, each_frame=200):
    """Read the texts of ``seeds``; some are read again, some by DataFrames as users get them, some in pairs."""
    broken, digests, found, pairs, waiting = [], hashlib.sha256(), 0, 0, None
    for number, seed in enumerate(seeds):
        begin = time.process_time()
        try:
            with laws.light():
                tables = laws.read(texts_made.text(seed))
                told, own = laws.broken(tables), laws.digest(tables)
                if number % 20 == 0 and laws.digest(laws.read(texts_made.text(seed))) != own:
                    told.append("read again it is another")
            found += 1
            digests.update(own.encode())
            if found % each_frame == 0:
                whole = laws.read(texts_made.text(seed))
                told += laws.broken(whole) + ["frames: another"] * (laws.digest(whole) != own)
            if found % each_pair == 0 and waiting is not None:
                pairs += 1
                told += pair(waiting, seed)
                waiting = None
            elif waiting is None:
                waiting = seed
            if time.process_time() - begin > SLOW:
                told.append(f"{time.process_time() - begin:.1f} s of CPU")
        except PolicyError:
            continue
        except Exception as error:
            told = [f"{type(error).__name__}: {error}"]
        broken += [f"{seed}: {one}" for one in told]
    return Held(len(seeds), found, pairs, broken, digests.hexdigest())


def pair(left, right):
    """What breaks where two texts are compared, the one way and the other."""
    one, two = (laws.read(texts_made.text(seed), doc=doc) for seed, doc in ((left, "a"), (right, "b")))
    forth, back = compare(one, two), compare(two, one)
    return [f"with {left}: {fault}" for fault in (*laws.broken_pair(forth), *laws.transposed(forth, back))]


def main():
    """Read them with every core; the first chunk twice, with sets in another order: its digest must be the same."""
    number, first = map(int, (*sys.argv[1:], *("1000000", "0")[len(sys.argv) - 1 :]))
    if os.environ.get("PYTHONHASHSEED") == "7":
        print(hold(range(first, first + min(CHUNK, number))).digest)
        return
    chunks = [range(start, min(start + CHUNK, first + number)) for start in range(first, first + number, CHUNK)]
    counts, faults, digest = [0, 0, 0], 0, ""
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for held in pool.map(hold, chunks):
            counts = [sum(both) for both in zip(counts, held[:3], strict=True)]
            faults, digest = faults + len(held.broken), digest or held.digest
            print(*held.broken, sep="\n", end="\n" * bool(held.broken), flush=True)
    again = subprocess.run(
        [sys.executable, __file__, str(number), str(first)],
        env=os.environ | {"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    if again.stdout.strip() != digest:
        faults += 1
        print("another process reads the first texts otherwise")
    print("laws: {} texts, {} with clauses, {} pairs, {} laws broken".format(*counts, faults), flush=True)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
