"""What all pages share: the frame, icons and small template tags, reading preferences, help."""
