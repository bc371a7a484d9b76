"""What was said about one theme, in all of the city."""
