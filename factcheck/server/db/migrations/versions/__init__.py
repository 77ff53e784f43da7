"""The steps, each named by its number; a released step never changes."""
