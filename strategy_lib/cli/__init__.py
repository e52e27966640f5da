"""The command line: what is asked, and how it is told."""
