"""Say what takes so long: from the second second on, on standard error, for people and never for programs."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

QUIET_SECONDS = 2.0
_REWRITTEN_EVERY, _REPEATED_EVERY = 1.0, 10.0
_ERASED = "\r\x1b[2K"


@dataclass
class Progress:
    """What is being done now; a terminal sees one line rewritten, a file a line for each step and each ten seconds."""

    stream: TextIO
    says: Callable[[str], str]
    is_terminal: bool
    step: str = ""
    begun: float = field(default_factory=time.monotonic)
    _shown: bool = False
    _over: threading.Event = field(default_factory=threading.Event)
    _changed: threading.Event = field(default_factory=threading.Event)

    def doing(self, step: str) -> None:
        """Name the step that begins; German, translated when it is shown."""
        self.step = step
        self._changed.set()

    def run(self) -> None:
        """Tell until it is over; the first word comes after two seconds."""
        if self._over.wait(QUIET_SECONDS):
            return
        while not self._over.is_set():
            self._changed.clear()
            self._tell()
            if self._over.is_set():  # it may have ended before the line above forgot that something changed
                return
            self._changed.wait(_REWRITTEN_EVERY if self.is_terminal else _REPEATED_EVERY)

    def end(self) -> None:
        """Leave the terminal as it was."""
        self._over.set()
        self._changed.set()

    def clear(self) -> None:
        """Take the rewritten line away."""
        if self._shown and self.is_terminal:
            self._write(_ERASED)

    def _tell(self) -> None:
        seconds = int(time.monotonic() - self.begun)
        words = f"{self.says(self.step) or '…'} ({seconds} s)"
        self._write(f"{_ERASED}{words}" if self.is_terminal else f"{words}\n")
        self._shown = True

    def _write(self, text: str) -> None:
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self._over.set()


def untold(step: str) -> None:
    """What names a step where nobody is told."""


@contextmanager
def told(says: Callable[[str], str], *, wanted: bool, for_programs: bool) -> Iterator[Callable[[str], None]]:
    """Yield the function that names a step; tell only a person: at a terminal, or where it is asked for."""
    is_terminal = sys.stderr.isatty()
    if not wanted and (for_programs or not is_terminal):
        yield untold
        return
    progress = Progress(sys.stderr, says, is_terminal)
    teller = threading.Thread(target=progress.run, daemon=True)
    teller.start()
    try:
        yield progress.doing
    finally:
        progress.end()
        teller.join()
        progress.clear()
