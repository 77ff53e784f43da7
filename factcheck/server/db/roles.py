"""Who may do what: four roles, each with all the rights of the ones before it."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the desk, the least first."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Right(StrEnum):
    """Something that not everybody may do."""

    READ = "read"
    ADD_TEXT = "add_text"
    DECIDE = "decide"
    ADD_SOURCE = "add_source"
    APPROVE = "approve"
    MANAGE_SOURCES = "manage_sources"
    MANAGE_PEOPLE = "manage_people"


NEEDS = {
    Right.READ: Role.READER,
    Right.ADD_TEXT: Role.REVIEWER,
    Right.DECIDE: Role.REVIEWER,
    Right.ADD_SOURCE: Role.REVIEWER,
    Right.APPROVE: Role.EDITOR,
    Right.MANAGE_SOURCES: Role.EDITOR,
    Right.MANAGE_PEOPLE: Role.ADMIN,
}
"""The least role that has a right."""

MEANINGS = {
    Role.READER: "reads texts, verdicts and history",
    Role.REVIEWER: "also adds texts and sources, and decides claims",
    Role.EDITOR: "also approves texts, edits and removes sources",
    Role.ADMIN: "also invites people and sets their roles",
}


def may(role: str, right: Right) -> bool:
    """Whether people of this role have the right; an unknown role has none."""
    order = [one.value for one in Role]
    return role in order and order.index(role) >= order.index(NEEDS[right].value)
