"""The one place that copies supports and follows from a record to where it goes on, and takes them apart again.

One person counts once there, whatever they supported before; the source keeps its own.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Carried, Follow, Record, Succession, Turn
from mitstadt.spine.queries.turns import Counted, count_supports

_SUPPORT, _FOLLOW = Carried.What.SUPPORT, Carried.What.FOLLOW


def supporters_of(record_id: int) -> set[int]:
    """Those who support a record, people and guests."""
    return set(_supports(record_id).values_list("person_id", flat=True))


def add_supports(succession: Succession, people: Collection[int]) -> None:
    """Let these supporters of the source count for the target too, as whom and on the way on which they came."""
    copies = list(_supports(succession.source_id).filter(person_id__in=people))
    for turn in copies:
        turn.pk, turn.record_id = None, succession.target_id
    Turn.objects.bulk_create(copies, batch_size=500)
    recount_supports(succession.target_id)


def drop_supports(record_id: int, people: Collection[int]) -> None:
    """These people no longer count for the record."""
    _supports(record_id).filter(person_id__in=people).delete()
    recount_supports(record_id)


def recount_supports(record_id: int) -> None:
    """Let the counters say what the rows say: people, and guests apart."""
    counted = count_supports(record_id)
    Record.objects.filter(pk=record_id).update(
        support_count=counted.people, guest_support_count=counted.guests, held_support_count=counted.held
    )


def _supports(record_id: int) -> QuerySet[Turn]:
    return Turn.objects.filter(record_id=record_id, deed=Deed.SUPPORT.value)


def carry(succession: Succession, *, now: datetime) -> Counted:
    """Let everyone who supports or follows the source count for the target, once; returns how many came on top."""
    before = count_supports(succession.target_id)
    supporters, there = supporters_of(succession.source_id), supporters_of(succession.target_id)
    add_supports(succession, supporters - there)
    followers, told_there = followers_of(succession.source_id), followers_of(succession.target_id)
    Follow.objects.bulk_create(
        [
            Follow(record_id=succession.target_id, person_id=key, created_at=now)
            for key in sorted(followers - told_there)
        ],
        batch_size=500,
    )
    note_carried(succession, _SUPPORT, supporters, already=there)
    note_carried(succession, _FOLLOW, followers, already=told_there)
    after = count_supports(succession.target_id)
    return Counted(after.people - before.people, after.guests - before.guests, after.held - before.held)


def followers_of(record_id: int) -> set[int]:
    """The people who follow a record."""
    return set(Follow.objects.filter(record_id=record_id).values_list("person_id", flat=True))


def note_carried(succession: Succession, what: Carried.What, people: Collection[int], *, already: set[int]) -> None:
    """Remember who went on with the record, and who was there before."""
    Carried.objects.bulk_create(
        [Carried(succession=succession, person_id=key, what=what, added=key not in already) for key in sorted(people)],
        batch_size=500,
    )


def take_apart(succession: Succession) -> None:
    """Give back what went on: who came with the source leaves the target, who took it back there took it back here."""
    carried = list(Carried.objects.filter(succession=succession))
    Carried.objects.filter(succession=succession).delete()
    supporters = supporters_of(succession.target_id)
    of_source = {row.person_id for row in carried if row.what == _SUPPORT}
    drop_supports(succession.source_id, of_source - supporters)
    _leave(succession.target_id, _SUPPORT, {row.person_id for row in carried if row.what == _SUPPORT and row.added})
    _leave(succession.target_id, _FOLLOW, {row.person_id for row in carried if row.what == _FOLLOW and row.added})


def _leave(record_id: int, what: Carried.What, people: set[int]) -> None:
    """Drop what came with somebody else's record, here and wherever it went on from here.

    Who came with another record, too, stays on that one's account; who supports the record itself follows it still.
    """
    people = people - _handed_over(record_id, what, people)
    if what == _FOLLOW:
        people = people - supporters_of(record_id)
    if not people:
        return
    if what == _FOLLOW:
        Follow.objects.filter(record_id=record_id, person_id__in=people).delete()
    else:
        drop_supports(record_id, people)
    for onward in Succession.objects.filter(source_id=record_id):
        rows = Carried.objects.filter(succession=onward, what=what, person_id__in=people)
        added = set(rows.filter(added=True).values_list("person_id", flat=True))
        rows.delete()
        _leave(onward.target_id, what, added)


def _handed_over(record_id: int, what: Carried.What, people: set[int]) -> set[int]:
    """Those of these people who came to the record with another one, too; that one brings them from now on."""
    rows = Carried.objects.filter(succession__target_id=record_id, what=what, person_id__in=people).order_by("pk")
    heirs = {row.person_id: row.pk for row in rows}
    Carried.objects.filter(pk__in=heirs.values()).update(added=True)
    return set(heirs)
