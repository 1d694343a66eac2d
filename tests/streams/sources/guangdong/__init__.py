"""Tests of Guangdong-type messages."""
