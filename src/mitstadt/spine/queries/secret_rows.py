"""What lies in the box of a part: how many rows, and one's own while the key exists."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from mitstadt.spine import turn_keys
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Part, SecretRow
from mitstadt.spine.queries.turns import Counted, turn_of
from mitstadt.spine.secret_rows import token_of

AnyRow = TypeVar("AnyRow", bound=SecretRow)


def own_rows(rows: QuerySet[AnyRow], part: Part, *, actor: Actor) -> QuerySet[AnyRow]:
    """What the actor cast in the part; none where it can no longer be told whose it is."""
    key = turn_keys.key_of(part.ref)
    turn = turn_of(actor, part, Deed.VOTE) if key else None
    return rows.filter(part_id=part.pk, token=token_of(turn, key)) if key and turn else rows.none()


def count_rows(rows: QuerySet[AnyRow], part: Part) -> Counted:
    """How many rows of people there are in the part, and how many of guests."""
    found = rows.filter(part_id=part.pk).aggregate(
        people=Count("pk", filter=Q(guest=False)), guests=Count("pk", filter=Q(guest=True))
    )
    return Counted(**found)
