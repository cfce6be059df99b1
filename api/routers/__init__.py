"""One router a noun; handlers hand over to the store."""
