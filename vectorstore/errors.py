"""What can go wrong in the store.

VectorStoreError
├── DocumentError        a document that cannot be stored: no id, no text, a value of the wrong type
│   └── LoadError        a file that cannot be read as documents; names the file and, for rows, the line
└── StoreError           the store itself: cannot be opened, written, or is damaged
    ├── StoreLocked      another process is writing to this store
    ├── VectorsBusy      another process is at the vectors just now
    └── IndexDamaged     an index cannot answer and must be made anew; the store does that by itself
        ├── WordsDamaged     the word index
        └── VectorsDamaged   the vectors
"""


class VectorStoreError(Exception):
    """Base of all errors this package raises on purpose; the message is one line."""


class DocumentError(VectorStoreError):
    """A document that cannot be stored."""


class LoadError(DocumentError):
    """A file, or a row of it, that cannot be read as a document."""


class StoreError(VectorStoreError):
    """The store cannot be opened, read or written."""


class StoreLocked(StoreError):
    """Another process holds the store for writing."""


class VectorsBusy(StoreError):
    """The vectors cannot be asked while another process is at them; a moment later they can."""


class IndexDamaged(StoreError):
    """An index is damaged or lost; everything it held can be made again from the documents."""


class WordsDamaged(IndexDamaged):
    """The word index cannot answer."""


class VectorsDamaged(IndexDamaged):
    """The vectors cannot answer."""
