"""Chapter 07, watching and working with others: signals, technologies, studies, roles."""
