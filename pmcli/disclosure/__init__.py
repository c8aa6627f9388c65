"""The border that every value of a record crosses before anybody reads it."""
