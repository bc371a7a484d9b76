"""A person's own pages: signing in, the participation code, my page, settings, data download, the end of an account."""
