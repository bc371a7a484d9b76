"""What became of a record: its trail, for anyone who has the ref, without an account."""
