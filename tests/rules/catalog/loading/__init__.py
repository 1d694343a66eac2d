"""Tests of reading a catalogue, from one scalar to layers of directories."""
