"""The method of equal shares: exact counts, quick counts that are proved equal, and the ladder of endowments."""
