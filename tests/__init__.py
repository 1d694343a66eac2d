"""The tests, a mirror of the tree: `tests/rules/` holds the tests of `rules/`, and so on.

This folder and every one below it is a real package. Without that, `tests/rules` would hide `rules` itself.
"""
