"""The whole of it measured in one go, beside peers, against a baseline: one HTML page, one JSON file."""
