"""Chapter 01: what offices do."""
