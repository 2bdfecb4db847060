"""A plan in the shapes that offices work with: workbook, calendar, Markdown, YAML and plain text.

Each module turns plans into a string or bytes and opens no file. Libraries that only an export needs are
imported by its module alone.
"""
