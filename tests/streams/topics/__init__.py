"""Tests of the topics as code."""
