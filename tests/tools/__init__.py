"""Tests of what `make check` runs besides ready-made tools."""
