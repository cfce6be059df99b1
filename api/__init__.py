"""The command line, and later the service: thin layers over the library."""
