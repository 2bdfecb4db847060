"""intake: files on disk are handed to the pure readers, within limits of time and memory.

This is the only place that opens files, starts child processes and calls LibreOffice for `core`.
"""
