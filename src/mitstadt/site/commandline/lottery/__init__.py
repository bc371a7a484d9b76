"""./mitstadt lottery: check quotas, solve, commit, draw, verify and replace, all in public."""

import os

# One thread: the matrices are small, and threads that wait for each other cost more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from mitstadt.site.commandline.lottery.entry import main

__all__ = ["main"]
