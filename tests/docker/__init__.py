"""Tests of the containers, as far as their files tell."""
