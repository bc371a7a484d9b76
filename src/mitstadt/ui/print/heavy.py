"""Heavy files, at most two at a time on one machine: whoever comes third is told to ask again, and pages stay quick."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse

from mitstadt.ui.bare import in_the_making

AT_ONCE = 2
AGAIN_S = 5


class BusyError(Exception):
    """Two heavy files are being made; nothing was begun."""


@contextmanager
def a_turn() -> Iterator[None]:
    """One of the turns of this machine, for all its processes; raises `BusyError` at once where none is free."""
    taken = _free_turn()
    try:
        yield
    finally:
        os.close(taken)


def _free_turn() -> int:
    """An open file whose lock is ours. The system frees it when it is closed, and when this process dies."""
    folder = Path(settings.TURNS_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(AT_ONCE):
        file = os.open(folder / f"{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return file
    raise BusyError


def made_in_turn(write: Callable[[IO[bytes]], object], content_type: str, name: str = "") -> FileResponse:
    """A file that is written in a turn and sent without one, so that a slow reader keeps nobody waiting."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it when it is sent
    try:
        with a_turn():
            write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    response = FileResponse(file, content_type=content_type)
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class TurnsMiddleware:
    """Says of a file that is not begun when to ask again (503), and lets the browser do so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that asks again."""
        return in_the_making(AGAIN_S) if isinstance(error, BusyError) else None
