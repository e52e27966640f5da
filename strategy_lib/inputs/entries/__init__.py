"""What a workshop entered: an append-only log beside the files."""
