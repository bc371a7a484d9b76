"""How much may be sent at once, known before a byte is read; files reach the disk only where a page takes some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest, HttpResponse

from mitstadt.ui.bare import too_large

View = TypeVar("View", bound=Callable[..., HttpResponse])
_MARK = "takes_files_of"


def takes_files(most_bytes: int) -> Callable[[View], View]:
    """Mark a view whose form takes files: so many bytes at once, with everything around them."""

    def mark(view: View) -> View:
        setattr(view, _MARK, most_bytes)
        return view

    return mark


def most_bytes_of(view: Callable[..., Any] | None) -> int:
    """How much this view takes at once; 0 where it takes no files."""
    return int(getattr(view, _MARK, 0))


class BodyMiddleware:
    """Refuses what is too large by its announced length, before anything else looks at the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """The refusal, or no answer yet; then files are bounded while they are read."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        for_files = most_bytes_of(view)
        most = for_files or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if len(announced) > len(str(most)) or not announced.isdecimal() or int(announced) > most:
            return too_large(most)
        if announced != "0":
            request.upload_handlers = (
                [_Stop(most, request), MemoryFileUploadHandler(request), TemporaryFileUploadHandler(request)]
                if for_files
                else [_NoFiles(request)]
            )
        return None


class _NoFiles(FileUploadHandler):
    """Lets every file pass by."""

    def new_file(self, *_args: Any, **_kwargs: Any) -> None:
        """Skip it."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Never asked."""
        return None

    def file_complete(self, file_size: int) -> None:
        """Nothing is kept."""


class _Stop(FileUploadHandler):
    """A hard stop, whatever length was announced."""

    def __init__(self, most: int, request: HttpRequest) -> None:
        super().__init__(request)
        self.most, self.seen = most, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """The same bytes, for the next handler."""
        self.seen += len(raw_data)
        if self.seen > self.most:
            raise RequestDataTooBig
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps it."""
