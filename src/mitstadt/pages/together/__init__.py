"""Writing together, merging and splitting: what several people say becomes one, or one becomes several."""
