"""Count, compare and explain participatory budgets from Pabulib files: ./mitstadt budget count, compare, explain."""

import os

# One thread: no sum here is long enough for threads to bring what starting them costs. Must precede NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from mitstadt.site.commandline.budget.commands import main

__all__ = ["main"]
