"""Chapter 00: are we ready?"""
