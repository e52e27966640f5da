"""Chapter 04: which options hold up."""
