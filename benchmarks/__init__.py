"""Measures the building of a dossier, beside other generators that make the same pages of it."""
