"""Running the product: what it tells those who keep it up, and copies of everything it keeps."""
