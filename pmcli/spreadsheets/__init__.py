"""Rosters that offices keep in spreadsheets, read as they are and turned into records."""
