"""Blank forms for offices and assessors, made from the schemas."""
