"""What every room stands on: the database, jobs, the clock, settings, paths and text."""
