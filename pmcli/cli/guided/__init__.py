"""A person at the terminal: what is asked, how answers are understood."""
