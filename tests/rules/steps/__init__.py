"""Tests of what the rules about steps share."""
