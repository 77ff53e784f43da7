"""The review tool: pages and a REST API over one database, behind ``factcheck serve``.

It reaches the core through ``Checker`` alone. ``db`` keeps what people and checks did, ``worker`` runs checks in the
background, ``review`` (pages) and ``api`` are the two doors, ``access`` says who is asking.
"""
