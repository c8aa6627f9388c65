"""Forms: what a record is, as data. Pure: takes text, returns values."""
