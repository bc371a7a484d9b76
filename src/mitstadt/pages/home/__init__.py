"""The home page: what is open near me and in the city, what was promised, what was done."""
