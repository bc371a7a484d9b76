"""Which public records stand in the feed of a target, the newest first: a handful of narrow queries each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import get_language

from mitstadt.ground.areas.models import Area
from mitstadt.ground.organisations.models import Organisation
from mitstadt.pages.search.following import hits_of
from mitstadt.spine import kinds
from mitstadt.spine.following import Target
from mitstadt.spine.models import Announcement, Decision, Process, Record, RecordState, RoomHost
from mitstadt.spine.queries.answered import latest_answers
from mitstadt.spine.queries.processes import public_keys, public_processes
from mitstadt.spine.queries.visibility import astray_among

MOST = 30
# A search has no order in time: what it found lately is told, the newest first.
_LATELY = timedelta(days=90)
_BY_OFFICE = (Announcement.KIND, Decision.KIND)


def of_city() -> list[Record]:
    """What opened, what hosts told, and what came of it, in all of the city."""
    return _newest(_of_kind(kind, Q()) for kind in (Process.KIND, *_BY_OFFICE))


def of_target(target: Target, *, now: datetime) -> list[Record]:
    """What happened there."""
    return _OF[target.kind](target, now)


def _of_record(target: Target, _now: datetime) -> list[Record]:
    found = target.record
    if found is None:
        return []
    if found.kind == Process.KIND:
        spoken = [kind.key for kind in kinds.all_kinds() if kind.spoken or kind.answerable]
        return _newest(_of_kind(kind, Q(room=found.pk)) for kind in {*spoken, *_BY_OFFICE})
    said = [kind.key for kind in kinds.all_kinds() if kind.spoken]
    about = [_of_kind(kind, Q(about=found.pk)) for kind in said]
    answer = latest_answers([found.pk]).get(found.pk)
    return _newest([*about, [answer.pk] if answer else []])


def _of_area(target: Target, _now: datetime) -> list[Record]:
    area = Area.objects.get(pk=target.value)
    rooms = public_processes(area).order_by("-opened_at", "pk").values_list("pk", flat=True)
    inside = _of_kind(Process.KIND, Q(pk__in=list(rooms[:MOST])))
    return _newest([inside, *(_of_kind(kind, Q(room__in=public_keys(area))) for kind in _BY_OFFICE)])


def _of_organisation(target: Target, _now: datetime) -> list[Record]:
    office = Organisation.objects.get(pk=target.value)
    together = RoomHost.objects.filter(organisation=office).values("room")
    hosted = public_processes().filter(Q(host=office) | Q(pk__in=together))
    keys = list(hosted.order_by("-opened_at", "pk").values_list("pk", flat=True)[:MOST])
    return _newest([keys, *(_of_kind(kind, Q(room__in=keys)) for kind in _BY_OFFICE)])


def _of_theme(target: Target, _now: datetime) -> list[Record]:
    rows = Record.objects.filter(theme=target.words, state=RecordState.PUBLISHED).order_by("-created_at", "-pk")
    return _newest([list(rows.values_list("pk", flat=True)[:MOST])])


def _of_search(target: Target, now: datetime) -> list[Record]:
    found = hits_of(target.words, get_language() or "", since=now - _LATELY, until=now)
    return _newest([[record.pk for record in found]])


_OF: Mapping[str, Callable[[Target, datetime], list[Record]]] = {
    "eintrag": _of_record,
    "gebiet": _of_area,
    "organisation": _of_organisation,
    "thema": _of_theme,
    "suche": _of_search,
}


def _of_kind(kind: str, where: Q) -> list[int]:
    """The keys of the newest public records of one kind: each kind has an order of its own in the indexes."""
    rows = Record.objects.filter(where, kind=kind, state=RecordState.PUBLISHED).order_by("-created_at", "-pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def _newest(found: Iterable[Iterable[int]]) -> list[Record]:
    keys = {key for some in found for key in some}
    rows = Record.objects.filter(pk__in=keys, state=RecordState.PUBLISHED).select_related(
        "room", "as_room", "part", "author", "organisation", "as_comment__target__part", "as_comment__target__room"
    )
    lost = astray_among(rows)
    kept = [record for record in rows if record.pk not in lost]
    return sorted(kept, key=lambda record: (record.created_at, record.pk), reverse=True)[:MOST]
