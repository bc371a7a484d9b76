"""What several methods share: errors with a code, and the hash that names an input."""
