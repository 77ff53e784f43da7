"""``factcheck eval``: the measures on labelled data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from factcheck.types import Verdict

EXAMPLES = """
factcheck eval pairs labelled.jsonl --out scores.jsonl
factcheck eval claims claims.jsonl --store ./store
factcheck eval extraction gold.jsonl --documents documents.jsonl
factcheck eval retrieval --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv
"""
PAIRS_EXAMPLES = "factcheck eval pairs labelled.jsonl.gz --out scores.jsonl"
CLAIMS_EXAMPLES = "factcheck eval claims claims.jsonl --store ./store --out verdicts.jsonl"
EXTRACTION_EXAMPLES = "factcheck eval extraction gold.jsonl --documents documents.jsonl"
RETRIEVAL_EXAMPLES = "factcheck eval retrieval --corpus corpus.jsonl.gz --queries queries.jsonl --qrels qrels.tsv"

File = Annotated[str, typer.Argument(metavar="FILE", help="Labelled rows, JSON Lines.")]


def claims(
    file: File,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the verdicts as JSON Lines.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, help="How many passages count as retrieved.")] = 10,
    store: options.Store = None,
    llm: options.Llm = None,
    budget: options.Budget = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure verdicts on labelled claims.

    Wrong ones come first, then accuracy, F1, evidence recall, calibration error, each category.
    """
    from factcheck.build import build_checker
    from factcheck.cli import eval_tables, messages, output
    from factcheck.measure.claims import ClaimRow, judge_rows, measure_claims
    from factcheck.measure.rows import read_rows
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    rows = read_rows(file, ClaimRow)
    with build_checker(load_settings(store=store, llm=llm, llm_budget=budget), create=False) as checker:
        if not checker.store.count():
            messages.warn("the store has no documents; add some with: factcheck ingest PATH")
        judged = judge_rows(rows, checker.verify)
        verdicts = list(messages.progress(judged, what="judging", total=len(rows)))
        result = measure_claims(rows, verdicts, lambda doc_id: getattr(checker.store.get(doc_id), "text", None), k=k)
    if out is not None:
        output.write_file(out, _lines(verdicts))
        messages.say(f"wrote {out}")
    if as_json:
        output.print_rows([result])
    else:
        output.show(*eval_tables.claims_view(result))


def pairs(
    file: File,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the scores as JSON Lines.")] = None,
    join: Annotated[
        bool, typer.Option("--join", help="Rows with one 'group' are pieces of evidence for one claim.")
    ] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure the verifier model on claims with given evidence.

    Accuracy, balanced accuracy, macro-F1, confusion, expected calibration error, pairs a second.
    """
    from factcheck.cli import eval_pairs, eval_tables, messages, output
    from factcheck.measure.pairs import PairRow
    from factcheck.measure.rows import read_rows

    messages.speak(quiet=quiet, verbose=verbose)
    measured = eval_pairs.measure(read_rows(file, PairRow), join=join)
    if out is not None:
        output.write_file(out, measured.lines())
        messages.say(f"wrote {out}")
    if as_json:
        output.print_rows([measured.result])
    else:
        output.show(*eval_tables.pairs_view(measured.result))


def extraction(
    file: File,
    documents: Annotated[
        str, typer.Option("--documents", metavar="FILE", help="The texts, JSON Lines with doc_id and text.")
    ],
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure extraction on labelled texts.

    Recall, an estimate of precision, each type, and what was missed.
    """
    from factcheck.claims import extract
    from factcheck.cli import eval_tables, messages, output
    from factcheck.measure.extraction import ExtractionRow, TextRow, measure_extraction
    from factcheck.measure.rows import read_rows

    messages.speak(quiet=quiet, verbose=verbose)
    rows = read_rows(file, ExtractionRow)
    texts = read_rows(documents, TextRow)
    result = measure_extraction(rows, texts, lambda text, day: extract(text, as_of=day))
    if as_json:
        output.print_rows([result])
    else:
        output.show(*eval_tables.extraction_view(result))


def retrieval(
    corpus: Annotated[str, typer.Option("--corpus", metavar="FILE", help="Documents, JSON Lines with id and text.")],
    queries: Annotated[str, typer.Option("--queries", metavar="FILE", help="JSON Lines with id and text.")],
    qrels: Annotated[str, typer.Option("--qrels", metavar="FILE", help="TSV: query-id, corpus-id, score.")],
    k: Annotated[
        list[int] | None, typer.Option("--k", min=1, help="Recall at; repeatable. Default 10 and 100.")
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure search: nDCG@10 and recall@k.

    The store it needs for that is gone afterwards.
    """
    from factcheck.cli import eval_retrieval, eval_tables, messages, output

    messages.speak(quiet=quiet, verbose=verbose)
    result = eval_retrieval.measure(corpus, queries, qrels, ks=sorted(set(k or (10, 100))))
    if as_json:
        output.print_rows([result])
    else:
        output.show(*eval_tables.retrieval_view(result))


def _lines(verdicts: "list[Verdict]") -> str:
    return "".join(verdict.model_dump_json() + "\n" for verdict in verdicts)
