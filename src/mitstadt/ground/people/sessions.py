"""Sessions of browsers, as the database keeps them: sealed, under a digest of their key, with whose they are.

A session holds what nobody else may read: the code of a guest, the code of a mail, the secret of an app while it is set
up. Whoever has a copy of the database can neither read them nor go on in anyone's place.
"""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet

from mitstadt.ground.people.devices import device_of
from mitstadt.ground.people.models import Person, Session
from mitstadt.ground.sealing import Unreadable, seal, unseal

_PURPOSE = "session"
# When this browser was signed in, and what it says it is; both are columns, too, so that a list needs no unsealing.
_BEGAN, _DEVICE = "signed_in_at", "device"


class SessionStore(DatabaseStore):
    """Django's sessions in the database, sealed. The browser alone has the key."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table."""
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The session, sealed."""
        return seal(json.dumps(session_dict, separators=(",", ":")), purpose=_PURPOSE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The session again; an empty one where another pepper sealed it."""
        try:
            known: dict[str, Any] = json.loads(unseal(str(session_data), purpose=_PURPOSE))
        except Unreadable:
            return {}
        return known

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key
        # Django's own clock, by which it says when a session ends.
        rows = Session.objects.filter(expire_date__gt=_moment(seconds_now()))
        row = rows.filter(session_key=kept_key(key)).first() if key else None
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        """Whether there is a session under the key."""
        return Session.objects.filter(session_key=kept_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it is kept."""
        row = cast("Session", super().create_model_instance(data))
        row.session_key = kept_key(row.session_key)
        row.person_id = int(data["_auth_user_id"]) if "_auth_user_id" in data else None
        row.began_at = _moment(data[_BEGAN]) if _BEGAN in data else None
        row.device = str(data.get(_DEVICE, ""))[:40]
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End the session."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=kept_key(key)).delete()


def seconds_now() -> float:
    """The clock by which Django and the sign-in library say when a session begins and ends."""
    return time.time()


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def kept_key(session_key: str) -> str:
    """What the database keeps of the key that the browser has."""
    return hashlib.blake2b(
        session_key.encode(), digest_size=20, key=settings.CODE_PEPPER, person=b"mitstadt-session"
    ).hexdigest()


def note_beginning(session: Any, *, user_agent: str) -> None:
    """Keep since when somebody is signed in here, and with what."""
    session[_BEGAN] = seconds_now()
    session[_DEVICE] = device_of(user_agent)


def began_at(session: Any) -> float | None:
    """When somebody signed in here, in seconds; None for a session from before this was kept."""
    began: float | None = session.get(_BEGAN)
    return began


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """End all sessions of a person, but the one with this key; returns how many ended."""
    rows = Session.objects.filter(person=person)
    if but:
        rows = rows.exclude(session_key=kept_key(but))
    return rows.delete()[0]


def end_session(person: Person, kept: str) -> int:
    """End one session of this person, by what the database keeps of its key; returns how many ended."""
    return Session.objects.filter(person=person, session_key=kept).delete()[0]


def sessions_of(person: Person) -> QuerySet[Session]:
    """The sessions in which this person is signed in now, the newest first."""
    rows = Session.objects.filter(person=person, expire_date__gt=_moment(seconds_now()))
    return rows.order_by("-began_at", "session_key")
