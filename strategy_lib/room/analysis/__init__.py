"""What a closed round came to, in a process of its own."""
