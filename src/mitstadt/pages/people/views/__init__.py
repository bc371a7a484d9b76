"""Views of a person's own pages."""
