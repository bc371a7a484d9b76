"""Split a record that says several things: each piece is a quote of it, and its authors and supporters are at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mitstadt.spine import kinds
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_reason, publish_record
from mitstadt.spine.actions.successions import join_to
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Act, Authorship, Channel, MovedOn, Record
from mitstadt.spine.permits import is_for_the_office, permit_on

MOST_PIECES = 20
# A line of dashes, as people type it to part a text.
_MARK = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)


def marked(text: str) -> list[str]:
    """The pieces of a text between lines of three dashes."""
    return [piece.strip() for piece in _MARK.split("\n".join(text.splitlines())) if piece.strip()]


def split(record: Record, pieces: Sequence[str], *, actor: Actor, reason: str, now: datetime) -> list[Record]:
    """Let a record go on in several, each with some of its very words; together they have all of them."""
    with transaction.atomic():
        [found] = lock_all([record])
        require(permit_on(actor, Deed.SPLIT, found, now=now))
        if not 1 < len(pieces) <= MOST_PIECES:
            raise Refused("split_into_one")
        if " ".join(" ".join(pieces).split()) != " ".join(found.body.split()):
            raise Refused("split_changes_words")
        said = checked_reason(reason)
        details = _details_of_beginning(found)
        made = [_piece(found, words, actor=actor, details=details, now=now) for words in pieces]
        verb = verbs.SPLIT if is_for_the_office(actor, Deed.SPLIT, found) else verbs.SPLIT_BY_AUTHORS
        tell_followers([found], verb, now=now)
        with recounted([found.pk, *(piece.pk for piece in made)]):
            for piece in made:
                join_to(found, piece, MovedOn.SPLIT, now=now)
        refs = [piece.ref for piece in made]
        record_act(actor=actor, verb=verb, record=found, now=now, details={"into": refs, "reason": said})
    return made


def _piece(record: Record, words: str, *, actor: Actor, details: dict[str, object], now: datetime) -> Record:
    piece = kinds.piece(record, words)
    if piece is None:
        raise Refused("kind_takes_no_such_deed")
    for name in ("title", "language", "state"):
        setattr(piece, name, getattr(record, name))
    for name in ("room_id", "part_id", "about_id", "area_id", "author_id", "organisation_id", "entered_by_id"):
        setattr(piece, name, getattr(record, name))
    made = publish_record(
        piece, actor=actor.on_channel(Channel(record.channel)), verb=verbs.SPLIT_OFF, now=now, details=details
    )
    confirmed = Authorship.objects.filter(record_id=record.pk, confirmed_at__isnull=False)
    Authorship.objects.bulk_create(
        [
            Authorship(
                record_id=made.pk,
                person_id=row.person_id,
                organisation_id=row.organisation_id,
                position=row.position,
                invited_at=row.invited_at,
                confirmed_at=row.confirmed_at,
            )
            for row in confirmed
        ]
    )
    return made


def _details_of_beginning(record: Record) -> dict[str, object]:
    """What the log said when the record was made: a piece begins with the same sentence."""
    first = Act.objects.filter(ref=record.ref).order_by("index").first()
    return dict(first.details) if first else {}
