"""A made-up slice, for tests alone: a second Format and a room that is no process. Nothing outside names it.

The Format collects wishes (Wunschliste). The room is a catalogue of an office (Probierkatalog) with units to learn
from, which belong to no part and to no process.
"""
