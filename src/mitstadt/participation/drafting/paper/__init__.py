"""The printed edition: the promise, the text with its passage numbers, and a form to tear off for each section."""
