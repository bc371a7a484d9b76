"""Follow what can be followed: one page and one button for areas, themes, organisations, searches and records."""
