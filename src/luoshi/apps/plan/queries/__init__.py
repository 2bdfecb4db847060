"""What pages and exports ask of the database. Every list comes in pages, whatever its size."""
