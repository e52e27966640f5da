"""Chapter 02: which presence."""
