"""Two clauses held together, piece of content by piece of content."""

from dataclasses import dataclass

from factcheck.kinds.frame import Frame, Unit
from factcheck.language.words import opposites
from factcheck.names import compare_people, compare_places


@dataclass(frozen=True)
class Alignment:
    """How much of a claimed clause a found clause speaks of."""

    fit: float
    """Share of the claim's strong units found, 0 to 1."""
    missing: tuple[str, ...]
    """Strong units of the claim that were not found."""
    missing_core: tuple[str, ...]
    """Those among them that are its predicate, subject or object."""
    swapped: bool
    """Whether who acts and who is acted upon have changed places."""
    opposite: bool
    """Whether one is negated and the other is not."""
    shared: int
    """How many strong units are in both."""


def same_unit(a: Unit, b: Unit) -> bool:
    """Whether two units name the same thing."""
    if a.key == b.key:
        return True
    kinds = {a.kind, b.kind}
    if kinds == {"person"}:
        return compare_people(a.text, b.text).could_be
    if "person" in kinds and "name" in kinds:
        return compare_people(a.text, b.text).relation in {"same", "variant", "partial"}
    if kinds <= {"name", "place"}:
        return compare_places(a.text, b.text).same
    return False


def align(claimed: Frame, found: Frame, *, also: tuple[str, ...] = ()) -> Alignment:
    """Hold two clauses together; dates, quantities and places are left out, their types compare them.

    ``also`` are stems known from around the found clause (its title, say) that count as spoken of.
    """
    strong = [unit for unit in claimed.units if not unit.weak]
    partner = {unit: next((other for other in found.units if same_unit(unit, other)), None) for unit in strong}
    turned = {unit for unit in strong if partner[unit] is None and _turned(unit, found)}
    missing = [
        unit for unit in strong
        if partner[unit] is None and unit not in turned and not (unit.side == "other" and unit.key in also)
    ]  # fmt: skip
    core = [unit.text for unit in missing if unit.side != "other"]
    fit = 1.0 - len(missing) / len(strong) if strong else 0.0
    return Alignment(
        fit, tuple(u.text for u in missing), tuple(core), _swapped(strong, partner, found),
        (claimed.negated != found.negated) != (len(turned) % 2 == 1),
        len(turned) + sum(1 for other in partner.values() if other is not None),
    )  # fmt: skip


def _turned(unit: Unit, found: Frame) -> bool:
    """Whether the source says the opposite in the same place: "fell" where the claim has "rose"."""
    return any(other.key in opposites(unit.key) and other.side == unit.side for other in found.units)


def reversed_roles(claimed: Frame, found: Frame) -> bool:
    """Whether who acts and who is acted upon have both changed places: "A beat B" against "B beat A"."""

    def named(frame: Frame, side: str) -> list[Unit]:
        return [u for u in frame.units if u.side == side and u.kind in {"person", "country", "name"}]

    def meet(ours: list[Unit], theirs: list[Unit]) -> bool:
        return any(same_unit(a, b) for a in ours for b in theirs)

    actor, target = named(claimed, "subject"), named(claimed, "object")
    other_actor, other_target = named(found, "subject"), named(found, "object")
    crossed = meet(actor, other_target) and meet(target, other_actor)
    return crossed and not meet(actor, other_actor) and not meet(target, other_target)


def _swapped(strong: list[Unit], partner: dict[Unit, Unit | None], found: Frame) -> bool:
    """Whether a named subject of the claim acts only as object in the source, or the reverse."""
    names = {"person", "country"}
    for unit in strong:
        other = partner[unit]
        if other is None or unit.kind not in names or unit.side not in {"subject", "object"}:
            continue
        sides = {u.side for u in found.units if same_unit(unit, u)}
        opposite = "object" if unit.side == "subject" else "subject"
        if sides == {opposite}:
            return True
    return False
