"""What is printed of records: made from views of them, never from the records themselves."""
