"""A form that trickles in must not hold up the city: a deadline for each, and threads that wait for none.

granian reads bodies without any deadline. A web server in front that buffers (docs/operate/examples) is the better
mend, since it costs no thread at all; this one holds without it, too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from django.core.exceptions import SuspiciousOperation

from mitstadt.ui.bare import too_busy, too_slow

FIRST_S = 15.0
SLOWEST_BYTES_S = 20_000
AT_ONCE = 3
AGAIN_S = 30

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Body(Protocol):
    """What a server hands over as wsgi.input."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes; none at the end."""

    def readline(self, size: int = -1, /) -> bytes:
        """The bytes up to the next line."""


class BodyLateError(SuspiciousOperation):
    """The body did not come in time, or too many others are awaited; the answer is made by `SlowBodies`."""


class TimedBody:
    """A body that is read by a thread of its own, so that whoever waits for it can stop waiting."""

    def __init__(self, body: Body, length: int, slots: threading.Semaphore) -> None:
        self._body, self._slots = body, slots
        self._seconds = FIRST_S + length / SLOWEST_BYTES_S
        self._asked: SimpleQueue[tuple[str, int] | None] = SimpleQueue()
        self._read: SimpleQueue[bytes | BaseException] = SimpleQueue()
        self._deadline = 0.0
        self._done = threading.Event()
        self.trouble = ""

    def read(self, size: int = -1) -> bytes:
        """Some bytes, in time."""
        return self._in_time("read", size)

    def readline(self, size: int = -1) -> bytes:
        """The next line, in time."""
        return self._in_time("readline", size)

    def close(self) -> None:
        """Nobody reads on."""
        if self._deadline:
            self._asked.put(None)
            if not self.trouble:
                self._slots.release()
            self._deadline = 0.0

    def wait_for_the_end(self) -> None:
        """Sleep until nobody reads any more: the sender sent the rest, or hung up."""
        if self.trouble == "late":
            self._done.wait()

    def _in_time(self, how: str, size: int) -> bytes:
        if self.trouble:
            raise BodyLateError(self.trouble)
        if not self._deadline:
            self._begin()
        self._asked.put((how, size))
        try:
            found = self._read.get(timeout=max(0.0, self._deadline - time.monotonic()))
        except Empty:
            self.trouble = "late"
            raise BodyLateError(self.trouble) from None
        if isinstance(found, BaseException):
            raise found
        return found

    def _begin(self) -> None:
        if not self._slots.acquire(blocking=False):
            self.trouble = "busy"
            raise BodyLateError(self.trouble)
        self._deadline = time.monotonic() + self._seconds
        threading.Thread(target=self._serve, daemon=True, name="body").start()

    def _serve(self) -> None:
        while (asked := self._asked.get()) is not None:
            how, size = asked
            try:
                self._read.put(getattr(self._body, how)(size))
            except BaseException as error:  # raised again where it is waited for
                self._read.put(error)
        self._done.set()
        if self.trouble:
            self._slots.release()


class SlowBodies:
    """The city behind bodies with a deadline."""

    def __init__(self, city: Application) -> None:
        self.city = city
        self.slots = threading.Semaphore(AT_ONCE)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The city's answer; 408 or 503 where the body kept it waiting."""
        length = str(environ.get("CONTENT_LENGTH") or "0")
        if length == "0" or not length.isdecimal():
            return self.city(environ, start_response)
        body = TimedBody(environ["wsgi.input"], int(length[:12]), self.slots)
        said: list[tuple[Any, ...]] = []
        try:
            answer = self.city({**environ, "wsgi.input": body}, lambda *args: said.append(args))
        finally:
            body.close()
        if body.trouble:
            close = getattr(answer, "close", None)
            if close:
                close()
            instead = too_busy(AGAIN_S) if body.trouble == "busy" else too_slow()
            size = ("Content-Length", str(len(instead.content)))
            headers = [*instead.items(), size, ("Connection", "close")]
            start_response(f"{instead.status_code} {instead.reason_phrase}", headers)
            return _answered_while_read(instead.content, body)
        start_response(*said[-1])
        return answer


def _answered_while_read(content: bytes, body: TimedBody) -> Iterator[bytes]:
    """The whole answer at once, and an end when nobody reads the body any more: its sender hung up.

    granian would wait for whoever reads while it holds the lock of the interpreter, and no page of this process would
    be answered. So the thread sleeps here, and the body keeps its place: never more sleep than may be awaited.
    """
    yield content
    body.wait_for_the_end()
