"""The promise board: every commitment of the city with its dates, overdue ones first."""
