"""Runs in public: what was computed, from what, how, and how anyone computes it again."""
