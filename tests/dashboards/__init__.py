"""Screens: their JSON, their queries on the engine, their publishing."""
