"""Pages of links, comparisons and the level above."""
