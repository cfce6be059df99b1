"""Lists to try the engine on: a small market written by hand."""
