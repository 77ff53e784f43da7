"""Measures on labelled data: verdicts on claims, claims found in texts, documents found for queries.

Metrics are pure functions; the mean of nothing is None, never 0. What is measured comes in as a function, so
that nothing here knows a store or a pipeline.
"""
