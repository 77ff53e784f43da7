"""A real language model judging and extracting, with and without the tiers before it."""
