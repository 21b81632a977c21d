"""The embedded engine: Whoosh 2.7.4 writes and keeps the index, our own code reads, counts and ranks."""
