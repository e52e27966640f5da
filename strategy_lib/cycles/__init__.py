"""A workspace over the years: opened, checked, compared, carried over."""
