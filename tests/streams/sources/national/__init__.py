"""Tests of the national exchange tables."""
