"""What people do to a record: support, comment, follow, get a receipt, withdraw, erase. The same for every kind."""
