"""What is wrong, or odd, in tables and between them."""
