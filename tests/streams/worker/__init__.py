"""Tests of the worker: whole processes, and their parts."""
