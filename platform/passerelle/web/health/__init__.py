"""Whether the platform is alive and ready."""
