"""Organisations (Organisationen) and who acts for them: offices, civil society, science, business, neighbours."""
