"""The store: chdb over a directory of the test."""
