"""What stored documents assert, typed and with spans, kept beside the store.

A fact is a claim that a source makes, read by the rules that read drafts. Everything here is derived from documents,
can be thrown away at any time and is never the only copy of anything.
"""

from factcheck.facts.index import FactIndex

__all__ = ["FactIndex"]
