"""The list of processes, a process's own page, and its commitment with every public change."""
