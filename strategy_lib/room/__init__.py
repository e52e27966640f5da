"""One laptop, twelve phones, one screen: questions answered alone, then shown together."""
