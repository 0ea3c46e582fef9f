"""Map to be written."""
