"""Search: one field that takes a place, a word or a ref."""
