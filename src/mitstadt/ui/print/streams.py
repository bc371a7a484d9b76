"""Files that are written while they are sent, in the language of who asked for them."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override


def streamed(pieces: Iterator[str], content_type: str) -> StreamingHttpResponse:
    """The pieces as they are made, none held in memory; the request, and with it its language, may be over before."""
    return StreamingHttpResponse(_spoken(pieces, get_language()), content_type=content_type)


def attached(pieces: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    """The same as a file to save."""
    response = streamed(pieces, content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _spoken(pieces: Iterator[str], language: str | None) -> Iterator[str]:
    with override(language):
        yield from pieces
