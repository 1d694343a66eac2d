"""Tests of what is planted."""
