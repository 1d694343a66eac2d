"""Tests of the sources; ``samples/`` holds a recorded sample for each adapter."""
