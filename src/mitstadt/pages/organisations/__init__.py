"""Organisations (Organisationen): who hosts processes and speaks in them, what they promised, and who acts for them."""
