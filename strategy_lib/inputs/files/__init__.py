"""A file as it lies there -> sheets of cells."""
