"""Sheets on their way in and out: JSON Lines, one sheet a line."""
