"""Tests of the quarantine topic."""
