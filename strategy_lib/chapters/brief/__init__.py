"""Chapter 06: what we decide."""
