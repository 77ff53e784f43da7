"""English news prose: sentences parsed, persons, roles, clauses, dates, quantities. Knows nothing of claims."""
