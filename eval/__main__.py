"""``python -m eval COMMAND``: the programs of this folder."""

import sys

from eval import bench

COMMANDS = {"bench": bench.main}


def main() -> int:
    """Run the command named first and return its exit code."""
    name, *rest = sys.argv[1:] or ["--help"]
    if name not in COMMANDS:
        print(f"usage: python -m eval {{{','.join(COMMANDS)}}} ...", file=sys.stderr)
        return 0 if name in ("-h", "--help") else 2
    return COMMANDS[name](rest)


if __name__ == "__main__":
    sys.exit(main())
