"""Everything that talks to a language model: prompts, the provider, its cache and budget. Knows nothing of claims.

Nothing here runs unless the user names a model. LangChain is imported with the first question, not before.
"""
