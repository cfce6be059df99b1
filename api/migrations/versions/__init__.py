"""One module a migration, each naming the one before."""
