"""The day of a workshop: JupyterLab, its home page, the facilitator's pack."""
