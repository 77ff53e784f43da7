"""Evidence to verdicts: one module per tier, ``settle`` makes one verdict of what they find."""
