"""Chapter 09: what changed."""
