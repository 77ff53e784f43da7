"""The pipeline: loaded without what it never uses, whole for whoever does."""

import subprocess
import sys


def test_spacy_comes_without_its_command_line_and_loses_nothing() -> None:
    code = (
        "import sys; from factcheck.language.parse import parse\n"
        "print([token.pos_ for token in parse(['Ministers met.'])[0]], 'weasel' in sys.modules)\n"
        "import spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)\n"
        "from spacy.cli import download; print(download.__module__)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["['NOUN', 'VERB', 'PUNCT'] False", "True", "spacy.cli.download"]
