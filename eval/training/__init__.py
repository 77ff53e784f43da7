"""Makes the training data of the verifier model, trains it, scores it, exports it.

Run from a checkout as ``python -m eval.training make-data | train | evaluate | export | sample``. Knows nothing of
the product's pipeline; what leaves this folder is a folder of weights with its tokenizer.
"""
