"""Pages of those who lead people."""
