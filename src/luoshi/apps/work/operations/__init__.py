"""What changes the work: issuing, signing, reporting, bringing together, accepting, giving time."""
