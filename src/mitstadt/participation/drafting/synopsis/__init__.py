"""The synopsis a committee gets: passage by passage the old text, what was said, the answer, and the resulting text."""
