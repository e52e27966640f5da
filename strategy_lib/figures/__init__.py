"""A chapter result in, a plotly figure out."""
