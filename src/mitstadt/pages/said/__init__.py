"""All contributions of a process or one of its parts, as a list to narrow: without a word to search for."""
