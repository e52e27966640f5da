"""Chapter 08: what we decide."""
