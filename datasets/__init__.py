"""Demo lists and loaders of public data."""
