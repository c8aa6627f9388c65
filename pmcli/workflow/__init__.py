"""What may happen to a record next, and what comes of it. Pure: no clock, no file, no git."""
