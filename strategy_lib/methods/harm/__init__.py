"""Harm to people: ranks, never multiplied."""
