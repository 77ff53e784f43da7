"""What the local model is shown for a claim that denies something."""

from factcheck.types import Document
from factcheck.verdict.denied import same_denial
from vectorstore.types import Passage

TEXT = (
    "Rosa Quispe opened the museum. She did not say when the library would open. "
    "No agreement on the theatre was reached in Lima."
)
DOCUMENT = Document(doc_id="d", text=TEXT)
PASSAGE = Passage(passage_id="d#0", doc_id="d", text=TEXT, start=0, end=len(TEXT))


def shown(claim: str) -> list[str]:
    return [span.of(TEXT) for span in same_denial(claim, DOCUMENT, PASSAGE)]


def test_the_sentence_that_denies_as_much_with_half_the_words() -> None:
    assert shown("Quispe did not tell when the library would open.") == ["She did not say when the library would open."]


def test_a_name_that_the_source_does_not_have() -> None:
    assert shown("Ana Rojas did not tell when the library would open.") == []


def test_what_there_is_none_of_must_be_told() -> None:
    assert shown("No agreement on the theatre was reached.") == ["No agreement on the theatre was reached in Lima."]
    assert shown("No breakthrough on the theatre was reached.") == []
