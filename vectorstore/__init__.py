"""A store of source documents on disk: documents in, passages out. Knows nothing of claims.

``open_store`` gives a ``Store``; ``ingest`` reads files into it; ``split_sentences`` and ``blocks`` say where the
sentences and the page clutter of a text are. Importing this costs little: libraries load when first needed.
"""

from vectorstore.errors import DocumentError, IndexDamaged, LoadError, StoreError, StoreLocked, VectorStoreError
from vectorstore.ingest import ingest_files, load
from vectorstore.layout import Block, BlockKind, blocks
from vectorstore.sentences import Sentence, split_sentences
from vectorstore.store import open_store
from vectorstore.types import Document, Filters, Hit, IngestResult, Passage, Problem, Revision, Source, Store

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "DocumentError",
    "Filters",
    "Hit",
    "IndexDamaged",
    "IngestResult",
    "LoadError",
    "Passage",
    "Problem",
    "Revision",
    "Sentence",
    "Source",
    "Store",
    "StoreError",
    "StoreLocked",
    "VectorStoreError",
    "blocks",
    "ingest_files",
    "load",
    "open_store",
    "split_sentences",
]
