"""The command ``policycmp``, also as ``python -m policycmp``: it can be interrupted as soon as it begins to be read."""

import sys


def program() -> int:
    """Run the command and return its exit status; an interruption before it can tell so itself is one line, too."""
    try:
        from policycmp.cli import program as run

        return run()
    except KeyboardInterrupt:
        from policycmp.wording import language, said

        print(f"policycmp: {said('interrupted', language('zh'), chapter='command')}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(program())
