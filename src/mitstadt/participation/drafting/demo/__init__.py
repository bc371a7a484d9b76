"""What writing together plays in the demo city: texts, what people say about them, a second edition."""
