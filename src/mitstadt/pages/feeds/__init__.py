"""What is public for programs: Atom feeds, calendars, share cards and the sitemap; the same for everybody who asks."""
