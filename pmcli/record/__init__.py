"""Records: a front-matter Markdown file as a value. Pure: text in, text out."""
