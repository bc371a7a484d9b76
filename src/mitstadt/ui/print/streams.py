"""Files of many pieces, written one by one: none is held in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from django.http import FileResponse

from mitstadt.ui.print.heavy import made_in_turn


def written(pieces: Iterable[str | bytes], content_type: str, name: str = "") -> FileResponse:
    """The pieces as a file; with a name, one to save."""

    def write(file: IO[bytes]) -> None:
        for piece in pieces:
            file.write(piece if isinstance(piece, bytes) else piece.encode("utf-8", errors="replace"))

    return made_in_turn(write, content_type, name)
