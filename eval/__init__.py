"""Benchmarks, data makers and training; run from a checkout, not part of the wheel. Uses the public API only."""
