"""Pages for those who lead the platform: how its background work stands."""
