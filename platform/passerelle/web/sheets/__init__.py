"""The pages of sheets."""
