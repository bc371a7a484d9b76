"""People who take part (Personen): with an account, or with nothing but a participation code (Teilnahmecode)."""
