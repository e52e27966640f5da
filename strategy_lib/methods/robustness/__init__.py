"""Options under several futures."""
