"""The command line: one module per command, their table in ``app``, errors to exit codes in ``running``."""

import gc
import signal
import sys


def main() -> None:
    """Run the command of ``sys.argv`` and leave with its exit code."""
    from factcheck.cli.running import run

    # Asked to end is as good as interrupted: folders made for the time of a command are cleared away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        # All text is UTF-8, whatever the terminal says of itself; a lone surrogate must not end a run.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = run(sys.argv[1:])
    gc.freeze()  # the system takes the memory back: collecting it piece by piece would take a tenth of a short run
    sys.exit(code)
