"""A guest takes part: with the first contribution they get a code of their own, and the browser stays signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest

from mitstadt.ground.connections import connection_from
from mitstadt.spine.actions.bursts import as_it_stands, welcome_guest
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.limits import GUESTS_PER_HOUR, count_one
from mitstadt.spine.actions.pace import keep_pace
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Record, Room
from mitstadt.spine.permits import permit_on, room_of
from mitstadt.ui.requests import actor_of, become, show_a_secret

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_SESSION_KEY = "codes"


@contextmanager
def taking_part(request: HttpRequest, record: Record, deed: Deed, *, now: datetime) -> Iterator[Actor]:
    """Who takes part, in one transaction with the deed: the person signed in, or a guest with a new code.

    A guest's browser is signed in when the deed is done; a refused one leaves neither person nor session behind.
    """
    with transaction.atomic():
        actor, secret, room = as_it_stands(actor_of(request)), "", room_of(record)
        if room is None:
            raise Refused("not_in_a_room")
        keep_pace(actor, room, deed, now=now)
        if is_new := actor.is_guest:
            require(permit_on(actor, deed, record, now=now))
            count_one("guest", connection_address(request), most=GUESTS_PER_HOUR, now=now)
            actor, secret = participant(actor, room, now=now)
            actor = welcome_guest(actor, room, connection_address(request), now=now)
        yield actor
        if is_new and actor.person is not None:
            sign_in_by_code(request, actor.person, room, secret)
            become(request, actor)


def sign_in_by_code(request: HttpRequest, person: object, room: Room, secret: str = "") -> None:
    """Keep the browser signed in as this person; the code can be read again until the session ends."""
    login(request, person, backend=_BACKEND)  # type: ignore[arg-type]  # django-stubs asks for its own user type
    if secret:
        request.session[_SESSION_KEY] = {**request.session.get(_SESSION_KEY, {}), room.ref: secret}


def code_to_note(request: HttpRequest, room: Room) -> str:
    """The code that this browser was given for the room, to write down."""
    code = str(request.session.get(_SESSION_KEY, {}).get(room.ref, ""))
    if code:
        show_a_secret(request)
    return code


def connection_address(request: HttpRequest) -> str:
    """The network address of the browser, for counting only: the one place for our limits and those of the sign-in."""
    peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    return connection_from(peer, forwarded, proxies=settings.TRUSTED_PROXIES or 0)
