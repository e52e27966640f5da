"""Sheets of cells -> which column is which field."""
