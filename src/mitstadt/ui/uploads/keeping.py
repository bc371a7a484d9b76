"""Whose uploads these are until they are sent: those of one browser, known by a word in its session."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, TypeVar

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse

from mitstadt.ground.files.api import Accepted, StoredFile, keep_upload
from mitstadt.spine.actions.limits import UPLOADS_PER_HOUR, count_one
from mitstadt.ui.participants import connection_address
from mitstadt.ui.uploads.bounds import most_bytes_of

AnyForm = TypeVar("AnyForm", bound=Form)

_SESSION_KEY = "keeps_uploads"


@dataclass(frozen=True)
class Uploads:
    """What fields need to keep files: who keeps them (made when first needed), when, and where they are looked at."""

    now: datetime
    keeper: Callable[[], str]
    keeper_so_far: Callable[[], str]
    preview: Callable[[StoredFile], str]
    count: Callable[[], None] = field(default=lambda: None)

    def keep(self, upload: IO[bytes], size: int, accepted: Accepted) -> StoredFile:
        """Check and keep one upload; refuses with a sentence."""
        self.count()
        return keep_upload(upload, size, accepted=accepted, keeper=self.keeper(), now=self.now)

    def kept(self, key: str) -> StoredFile | None:
        """The file that this browser uploaded before, while it waits."""
        return kept_by(self.keeper_so_far(), key, now=self.now)


def uploads_of(request: HttpRequest, *, now: datetime) -> Uploads:
    """The uploads of this browser. A session begins with the first file, not with the page."""
    if request.resolver_match and not most_bytes_of(request.resolver_match.func):
        raise TypeError("A view whose form takes files is marked with takes_files(…), or none would arrive.")
    return Uploads(
        now=now,
        keeper=lambda: session_keeper(request, make=True),
        keeper_so_far=lambda: session_keeper(request),
        preview=lambda file: reverse("kept_file", args=[file.key]),
        count=lambda: count_one("upload", connection_address(request), most=UPLOADS_PER_HOUR, now=now),
    )


def form_with_files(
    form: Callable[..., AnyForm], request: HttpRequest, *asked: Any, now: datetime, **options: Any
) -> AnyForm:
    """The form as it came, with its files and those that wait in this browser; empty where nothing was sent yet."""
    sent: dict[str, Any] = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return form(*asked, uploads=uploads_of(request, now=now), now=now, **sent, **options)


def session_keeper(request: HttpRequest, *, make: bool = False) -> str:
    """A digest of the word in this browser's session; it survives signing in and ends with signing out."""
    word = request.session.get(_SESSION_KEY, "")
    if not word and make:
        word = request.session[_SESSION_KEY] = secrets.token_urlsafe(24)
    return hmac.new(settings.SECRET_KEY.encode(), f"keeper {word}".encode(), hashlib.sha256).hexdigest() if word else ""


def kept_by(keeper: str, key: str, *, now: datetime) -> StoredFile | None:
    """The file under this key, if it waits for this very keeper."""
    if not keeper:
        return None
    return StoredFile.objects.filter(key=key[:32], keeper=keeper, keep_until__gt=now).first()
