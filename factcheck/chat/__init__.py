"""A conversation about the documents in the store: every answer with its sources, or an honest "they do not say".

Works without a language model: from the typed facts that documents assert, from verdicts, and from sentences quoted
as they stand.
"""

from factcheck.chat.conversation import Conversation
from factcheck.chat.types import Answer, Citation, Happening

__all__ = ["Answer", "Citation", "Conversation", "Happening"]
