"""The pages of communes."""
