"""Ports, pages, and what every request must be."""
