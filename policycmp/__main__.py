"""``python -m policycmp`` is the command."""

import sys

from policycmp.cli import main

if __name__ == "__main__":
    sys.exit(main())
