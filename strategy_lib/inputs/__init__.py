"""What offices and workshops sent, read and checked."""
