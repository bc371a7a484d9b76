"""Wish something; fill a catalogue, and ask for what is missing in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mitstadt.site.tests.second import verbs
from mitstadt.site.tests.second.models import Catalogue, Unit, Wish, WishList
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.records import checked_text, publish_record, published_in, submitted_once
from mitstadt.spine.actions.rooms import begin_room, open_room
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import require
from mitstadt.spine.permits import permit, permit_entering, permit_on


def wish(
    where: WishList,
    *,
    actor: Actor,
    body: str,
    now: datetime,
    spot: str = "",
    entered_by: Actor | None = None,
    submission_key: UUID | None = None,
) -> Wish:
    """Publish a wish."""

    def made() -> Wish:
        lock(where)
        require(
            permit_entering(entered_by, Deed.CONTRIBUTE, where, now=now)
            if entered_by
            else permit_on(actor, Deed.CONTRIBUTE, where, now=now)
        )
        fresh = Wish(
            body=checked_text(body),
            spot=spot,
            room=where.home,
            part=where,
            area_id=where.area_id,
            author=actor.person,
            entered_by=entered_by.person if entered_by else None,
            submission_key=submission_key,
            state=published_in(where.home, checked_first=where.checks_first),
        )
        return publish_record(fresh, actor=actor, verb=verbs.WISHED, now=now)

    return submitted_once(Wish, submission_key, made)


def open_catalogue(catalogue: Catalogue, *, actor: Actor, now: datetime) -> Catalogue:
    """Begin and open a catalogue."""
    with transaction.atomic():
        begin_room(catalogue, actor=actor, verb=verbs.BEGAN_CATALOGUE, now=now)
        opened = open_room(catalogue, actor=actor, verb=verbs.OPENED_CATALOGUE, now=now)
    return Catalogue.objects.get(pk=opened.pk)


def publish_unit(catalogue: Catalogue, *, actor: Actor, title: str, body: str, now: datetime) -> Unit:
    """The office publishes a unit."""
    with transaction.atomic():
        lock(catalogue)
        require(permit(actor, Deed.PREPARE, catalogue, now=now))
        made = Unit(title=title, body=body, room=catalogue, organisation=catalogue.host, state=published_in(catalogue))
        return publish_record(made, actor=actor, verb=verbs.PUBLISHED_UNIT, now=now)


def ask_for_unit(catalogue: Catalogue, *, actor: Actor, title: str, now: datetime) -> Unit:
    """Somebody asks for a unit that is missing."""
    with transaction.atomic():
        lock(catalogue)
        require(permit_on(actor, Deed.CONTRIBUTE, catalogue, now=now))
        made = Unit(title=checked_text(title), room=catalogue, author=actor.person, state=published_in(catalogue))
        return publish_record(made, actor=actor, verb=verbs.ASKED, now=now)
