"""The tests of `rules.catalog`."""
