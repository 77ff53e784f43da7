"""Verdicts for many claims: rows in, one row out for each, in a file that appears whole.

A run is a walk over chunks: ``inputs`` reads rows, ``run`` finds equal claims and hands what is new to an engine,
``journal`` makes it last, ``output`` writes the file when every row is there. A run that was stopped at any moment
goes on from its journal, does nothing twice, and ends with the same file.
"""
