"""Minutes of workshops."""
