"""Chapter 07: what changed."""
