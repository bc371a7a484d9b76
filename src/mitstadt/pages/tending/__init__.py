"""Tending what others said: black out single words, erase on request, correct what was typed wrongly (Pflege)."""
