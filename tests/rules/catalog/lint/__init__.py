"""Tests of the linter, one module for each kind of entry."""
