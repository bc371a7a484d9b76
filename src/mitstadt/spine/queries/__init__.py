"""Reads of the spine; every look-up names who asks."""
