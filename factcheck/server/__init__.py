"""The review tool: pages and a REST API over one database, behind ``factcheck serve``.

It reaches the core through ``Checker`` alone. ``db`` keeps what people and checks did, ``checks`` runs checks in the
background, ``pages`` and ``api`` are the two doors, ``guard`` says who may pass.
"""
