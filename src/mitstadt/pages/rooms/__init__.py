"""Rooms of every kind and the records in them that have no page of their own: read, talked about, answered, led."""
