"""Faults put into the whole on purpose: what the program says then, what is lost, and whether anything passes."""
