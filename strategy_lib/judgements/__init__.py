"""What several people judged about several options; shared by chapters."""
