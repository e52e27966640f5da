"""Cross-impact matrices as they come back."""
