"""Tests of the demonstration: what a supervision officer is shown first."""
