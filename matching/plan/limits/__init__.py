"""Limits of a policy compiled to what a kernel takes: arrays of bounds, and rows over many pairs."""
