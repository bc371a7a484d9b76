"""Writes of the spine: one file a subject; each asks for its permit, runs in one transaction and leaves an act."""
