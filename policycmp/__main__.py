"""``python -m policycmp`` is the command."""

import sys

from policycmp.cli import program

if __name__ == "__main__":
    sys.exit(program())
