"""Choosing the language of the pages, and keeping to it."""
