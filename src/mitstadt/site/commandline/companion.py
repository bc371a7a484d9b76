"""The worker that a serving city keeps beside itself, as a process of its own.

A process and no thread: long work must not slow a page down, a crash of one must not take the other along, and the web
server forks its own processes, which threads with open database connections do not survive well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN_AFTER_S = 3.0
# A little longer than a worker takes at most to finish or hand back what it holds.
_PATIENCE_S = 30.0


class Companion:
    """Starts a worker, starts it again when it dies, and stops it gracefully."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = self._started()
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """Let it finish; one that does not is ended, and another worker takes up what it held."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _keep_alive(self) -> None:
        while not self._stopping.is_set():
            self._process.wait()
            if not self._stopping.wait(_AGAIN_AFTER_S):
                self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "mitstadt.site.commandline", "work", "--for", str(os.getpid())]
        return subprocess.Popen(command)  # noqa: S603  # our own words


@contextmanager
def worker_beside(*, wanted: bool) -> Iterator[None]:
    """Work is done while the block runs, unless others do it."""
    if not wanted:
        yield
        return
    companion = Companion()
    try:
        yield
    finally:
        companion.stop()
