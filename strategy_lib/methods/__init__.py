"""The decision sciences: pure functions over arrays and frames; no files, plots or settings."""
