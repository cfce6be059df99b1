"""Uploads: checked in a child process with limits before anything of them is believed."""
