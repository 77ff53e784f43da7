"""Fuzz one loader under the guidance of code coverage: ``python fuzz_loader.py SUFFIX CORPUS [libFuzzer options]``.

libFuzzer ends the process with a report of its own at an exception that is not ours, at an input that takes longer
than ``-timeout`` seconds, and at more memory than ``-rss_limit_mb``.
"""

import io
import sys

import atheris

_READERS = {
    ".pdf": ["pypdf"],
    ".docx": ["docx"],
    ".odt": ["odfdo"],
    ".rtf": ["striprtf"],
    ".xlsx": ["openpyxl"],
    ".rss": ["feedparser"],
    ".html": ["trafilatura", "htmldate", "justext"],
}
"""The libraries in Python that read a format, which are watched as well as our own code."""


def main() -> None:
    """Fuzz until libFuzzer has enough."""
    suffix = sys.argv.pop(1)
    with atheris.instrument_imports(include=["vectorstore", *_READERS.get(suffix, [])]):
        from vectorstore import Document, LoadError
        from vectorstore.loaders import Incoming, load_file

        for reader in _READERS.get(suffix, []):
            __import__(reader)

    def read(data: bytes) -> None:
        try:
            for item in load_file(Incoming(f"a{suffix}", io.BytesIO(data), doc_id="a")):
                if isinstance(item, Document):
                    Document.model_validate(item.model_dump())
                    item.locator_at(len(item.text) - 1)
        except LoadError as exc:
            if "\n" in str(exc):
                raise AssertionError(f"an error of more than one line: {exc}") from exc

    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
