"""Are these two names one person, one body, one place? Each answer comes with its reason. No list of persons."""

from factcheck.names.bodies import compare_bodies
from factcheck.names.folding import fold
from factcheck.names.match import NameMatch, Relation
from factcheck.names.people import compare_people
from factcheck.names.places import CAPITAL_OF, capital_meant, compare_places, countries_in, country_of, is_capital

__all__ = [
    "CAPITAL_OF", "NameMatch", "Relation", "capital_meant", "compare_bodies", "compare_people", "compare_places",
    "countries_in", "country_of", "fold", "is_capital",
]  # fmt: skip
