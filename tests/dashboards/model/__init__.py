"""Screens in neutral form."""
