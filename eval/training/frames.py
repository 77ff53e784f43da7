"""All sentence frames that training may use."""

from __future__ import annotations

from .frame import Frame
from .frames_people import PEOPLE
from .frames_world import WORLD

__all__ = ["FRAMES"]

FRAMES: tuple[Frame, ...] = (*PEOPLE, *WORLD)
