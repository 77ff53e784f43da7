"""The pages of the review tool: plain forms that work without a script."""
