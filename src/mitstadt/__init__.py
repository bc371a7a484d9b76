"""Mitstadt: a city plans and carries out its development together."""

__version__ = "0.1.0"
