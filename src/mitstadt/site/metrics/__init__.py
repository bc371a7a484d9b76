"""Figures for those who run the city: how many requests and tasks, how long, how much waits. No figure names anyone."""
