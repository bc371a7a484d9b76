"""Search over all public records: German stems, mistyped words, filters; the same on both databases."""
