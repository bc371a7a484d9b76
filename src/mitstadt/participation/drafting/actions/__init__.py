"""Writes of writing together: import, the working copy, contributions, editions."""
