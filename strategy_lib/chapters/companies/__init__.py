"""Chapter 06, companies and projects: what is taken up, on what evidence, in which words."""
