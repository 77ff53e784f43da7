"""The pipeline: loaded without what it never uses, whole for whoever does."""

import subprocess
import sys
from importlib.util import find_spec

import spacy

from factcheck.language.parse import MODELS, parse, pipeline

READ = ("text", "whitespace_", "norm_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "morph")
TEXT = (
    "Dr. O'Neil didn't say U.S. talks on 23 July (Istanbul, 9 p.m.) cost $5m; \"it's\" over, said Rustem Umerov, "
    "who'd headed Ukraine's delegation of 12 since 2024."
)


def test_spacy_comes_without_its_command_line_and_loses_nothing() -> None:
    code = (
        "import sys; from factcheck.language.parse import parse\n"
        "print([token.pos_ for token in parse(['Ministers met.'])[0]], 'weasel' in sys.modules)\n"
        "import spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)\n"
        "from spacy.cli import download; print(download.__module__)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["['NOUN', 'VERB', 'PUNCT'] False", "True", "spacy.cli.download"]


def test_the_pipeline_reads_as_the_one_that_is_loaded_in_the_plain_way() -> None:
    plain = spacy.load(next(name for name in MODELS if find_spec(name) is not None))
    ours = parse([TEXT])[0]
    theirs = plain(TEXT)
    for one, other in zip(ours, theirs, strict=True):
        assert [getattr(one, name) for name in READ] == [getattr(other, name) for name in READ]
        assert one.head.i == other.head.i
    assert [(span.text, span.label_) for span in ours.ents] == [(span.text, span.label_) for span in theirs.ents]
    read_so_far = ["vocab"]
    assert pipeline().tokenizer.to_bytes(exclude=read_so_far) == plain.tokenizer.to_bytes(exclude=read_so_far)


def test_a_remembered_sentence_keeps_nothing_of_the_sentences_parsed_with_it() -> None:
    for doc in parse([f"The town of Norrby voted {number} times." for number in range(8)]):
        assert doc.tensor.size == 0
        assert doc.tensor.base is None
