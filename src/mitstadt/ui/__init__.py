"""What pages are made of: components, forms, maps, print, base templates and static files."""
