"""Pages printed by a browser."""
