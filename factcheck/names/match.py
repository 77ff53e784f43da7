"""How two names relate, with the reason in words."""

from typing import Literal

from factcheck.types import Frozen

Relation = Literal["same", "variant", "partial", "different", "unknown"]


class NameMatch(Frozen):
    """What comparing two names gave."""

    relation: Relation
    """``same`` spelling; ``variant`` spelling of one name; ``partial``: one says less and could be the other;
    ``different``; ``unknown``: nothing follows."""
    reason: str

    @property
    def same(self) -> bool:
        """Whether they name one thing."""
        return self.relation in {"same", "variant"}

    @property
    def could_be(self) -> bool:
        """Whether they may name one thing."""
        return self.relation in {"same", "variant", "partial"}
