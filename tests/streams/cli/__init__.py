"""Tests of the command line: what is printed, in which columns, with which exit code."""
