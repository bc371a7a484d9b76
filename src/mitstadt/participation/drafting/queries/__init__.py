"""Reads of writing together; every look-up names who asks."""
