"""Running the chapters: the only papermill code."""
