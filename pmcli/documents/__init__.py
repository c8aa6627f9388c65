"""Documents: a record or a period becomes a page, a page becomes text or HTML."""
