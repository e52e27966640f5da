"""What an edition may see: inputs restricted and frozen; and the results that were saved for it."""
