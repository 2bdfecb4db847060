"""Links, comparisons and roll-ups, as the pages read them."""
