"""What can be asked, which of it comes first, and how an answer becomes rows."""
