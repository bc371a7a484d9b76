"""Serve a stored file with nothing that a browser could run, cached only where everyone may see it."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from mitstadt.ground import clock
from mitstadt.ground.files.api import CONTENT_TYPES, FileKind, FileSize
from mitstadt.spine.actors import GUEST
from mitstadt.spine.queries.attachments import file_size
from mitstadt.ui.requests import actor_of, same_for_all
from mitstadt.ui.uploads.keeping import kept_by, session_keeper

# A file under its name never changes, so browsers keep it; what stands between asks again within the hour, since a
# record may be hidden or erased.
_PUBLIC = "public, max-age=31536000, s-maxage=3600, immutable"
_PRIVATE = "private, no-store"
_POLICY = "default-src 'none'; sandbox"


@same_for_all
@require_safe
def record_file(request: HttpRequest, ref: str, key: str, ending: str) -> HttpResponseBase:
    """A file of a record, for those who may read the record."""
    name = f"{key}.{ending}"
    # Guests first: then nothing of who asks is read, and the answer is the same for all.
    for_all = file_size(ref, name, actor=GUEST)
    found = for_all or file_size(ref, name, actor=actor_of(request))
    if found is None:
        raise Http404
    return _served(request, found, download_as=f"{ref}-{found.file.attachment.position}", public=bool(for_all))


@require_safe
def kept_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """A picture that waits for its record, for the browser that sent it."""
    found = kept_by(session_keeper(request), key, now=clock.now())
    if found is None or not found.is_picture:
        raise Http404
    smallest = found.sizes.order_by("width").first()
    if smallest is None:
        raise Http404
    return _served(request, smallest, download_as=key, public=False)


def _served(request: HttpRequest, size: FileSize, *, download_as: str, public: bool) -> HttpResponseBase:
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _POLICY,
        "Cache-Control": _PUBLIC if public else _PRIVATE,
    }
    if public:
        headers["ETag"] = f'"{size.public_name}"'
        known = get_conditional_response(request, etag=headers["ETag"], response=None)
        if known is not None:
            return known
    return _streamed(size, headers, download_as=download_as)


def _streamed(size: FileSize, headers: dict[str, str], *, download_as: str) -> FileResponse:
    kind = FileKind(size.kind)
    try:
        file = default_storage.open(size.name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file,
        as_attachment=not kind.is_picture,
        filename=f"{download_as}.{kind.value}",
        content_type=CONTENT_TYPES[kind],
        headers={**headers, "Content-Length": str(size.bytes)},
    )
