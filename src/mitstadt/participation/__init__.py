"""The ways to take part; one folder a Format."""
