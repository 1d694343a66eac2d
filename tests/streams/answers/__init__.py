"""Answers to known questions about public logs, on small logs of the same shape."""
