"""Tests of ``streams.export``."""
