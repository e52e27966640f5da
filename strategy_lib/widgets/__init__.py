"""Widgets that the chapters' panels are made of; the only ones that know how a session is kept."""
