"""The doors of a sheet: its web form, its print, the desk's entry and the script for the telephone."""
