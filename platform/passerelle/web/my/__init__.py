"""The pages of my."""
