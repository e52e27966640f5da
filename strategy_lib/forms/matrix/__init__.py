"""Cross-impact matrices as sheets."""
