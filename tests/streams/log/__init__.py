"""Tests of the logs: one contract for both, and what each does beyond it."""
