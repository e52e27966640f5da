"""Chapter 03: do we say it."""
