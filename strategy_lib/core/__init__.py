"""What everything else stands on; it knows no table."""
