"""Where a host prepares a process step by step, opens it, and sees what is due (Leitung, Arbeitsplatz)."""
