"""Keep what somebody has typed so far, and find it again by its code."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from mitstadt.ground.codes import Misread, digest, new_code, parse_code
from mitstadt.ground.sealing import Unreadable, seal, unseal
from mitstadt.ground.sheets.models import Begun

KEPT_FOR = timedelta(days=30)
MOST_CHARACTERS = 200_000
_PURPOSE = "sheet begun"

# As a browser sends a form: every value of every name.
Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Kept:
    """What was typed, and the key by which the sheet is sent once."""

    key: UUID
    typed: Typed = field(default_factory=dict)


class TooMuchError(ValueError):
    """More was typed than we keep for somebody who has not sent anything yet."""


def begin(about: str, sheet: str, *, now: datetime) -> str:
    """A new place to keep a sheet in; its code is shown to nobody else and kept nowhere."""
    code = new_code(secrets.token_bytes)
    Begun.objects.create(
        digest=digest(code, pepper=settings.CODE_PEPPER), about=about, sheet=sheet, kept_until=now + KEPT_FOR
    )
    return code


def found(typed_code: str, about: str, sheet: str, *, now: datetime) -> Kept | None:
    """What lies under this code for this very sheet; None where nothing does (any more)."""
    row = _row(typed_code, about, now=now)
    if row is None or row.sheet != sheet:
        return None
    try:
        return Kept(row.key, json.loads(unseal(row.sealed, purpose=_PURPOSE)) if row.sealed else {})
    except Unreadable:
        return Kept(row.key)


def keep(typed_code: str, about: str, typed: Typed, *, now: datetime) -> None:
    """Keep this from here on, for another thirty days. Raises `TooMuchError`."""
    words = json.dumps(typed, ensure_ascii=False)
    if len(words) > MOST_CHARACTERS:
        raise TooMuchError
    row = _row(typed_code, about, now=now)
    if row is not None:
        sealed = seal(words, purpose=_PURPOSE)
        Begun.objects.filter(pk=row.pk).update(sealed=sealed, kept_until=now + KEPT_FOR)


def let_go(typed_code: str, about: str, *, now: datetime) -> None:
    """The sheet was sent: what was kept of it is deleted."""
    row = _row(typed_code, about, now=now)
    if row is not None:
        row.delete()


def forget_begun(*, now: datetime) -> int:
    """Delete what nobody came back for; how many."""
    return Begun.objects.filter(kept_until__lte=now).delete()[0]


def _row(typed_code: str, about: str, *, now: datetime) -> Begun | None:
    code = parse_code(typed_code)
    if isinstance(code, Misread):
        return None
    known = digest(code, pepper=settings.CODE_PEPPER)
    return Begun.objects.filter(digest=known, about=about, kept_until__gt=now).first()
