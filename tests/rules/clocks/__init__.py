"""Tests of the legal clocks: golden vectors, and what the semantics say of days, pauses and extensions."""
