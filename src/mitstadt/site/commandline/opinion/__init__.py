"""Draw, score and recount opinion maps from exported votes: ./mitstadt opinion map PATH, polis, score, next, ..."""

import os

# One thread gives the same sums on every machine, and is what the stated CPU seconds mean. Must precede NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from mitstadt.site.commandline.opinion.commands import main

__all__ = ["main"]
