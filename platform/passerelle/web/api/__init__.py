"""The JSON API, read only and without a session."""
