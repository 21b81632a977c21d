"""Submission, review and decision: the moves of a sheet."""
