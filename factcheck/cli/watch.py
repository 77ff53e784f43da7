"""``factcheck watch``: verdicts given before, judged again when documents change."""

from typing import Annotated

import typer

from factcheck.cli import options

EXAMPLES = """
factcheck watch
factcheck watch --every 300 --json >> flips.jsonl
"""

Every = Annotated[
    float | None, typer.Option("--every", metavar="SECONDS", min=1, help="Go on watching; default: look once.")
]
Workers = Annotated[int, typer.Option("--workers", metavar="N", min=1, max=64, help="Processes that judge.")]


def watch(
    every: Every = None,
    workers: Workers = 1,
    store: options.Store = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Judge again what new, changed or removed documents can reach, and print what flipped.

    The verdicts are those that batch has given on this store. A line of JSON has both, with their receipts.
    """
    import time
    from collections import Counter

    from factcheck.batch.remembered import Flip
    from factcheck.batch.watch import judge_again
    from factcheck.cli import messages, output
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    settings = load_settings(store=store)

    flips: Counter[str] = Counter()

    def tell(flip: Flip) -> None:
        flips[flip.word] += 1
        if output.wants_json(as_json):
            output.print_rows([flip])
        else:
            from rich.text import Text

            from factcheck.reports.safe_text import one_line

            output.show(Text(one_line(flip.line)))

    while True:
        flips.clear()
        done = judge_again(settings, workers=workers, on_flip=tell)
        if every is None or done.new or done.gone:
            messages.say(
                f"{done.new:,} documents new or changed, {done.gone:,} gone or changed; {done.judged:,} of "
                f"{done.kept:,} verdicts judged again, {flips.total():,} flipped"
            )
        if every is None:
            return
        time.sleep(every)
