"""Say where a record is about, as exactly as its author wants; the finer point is never written anywhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mitstadt.ground.areas.api import Area
from mitstadt.ground.words import clean_words
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import ActContent, Place, Precision, Record
from mitstadt.spine.places import WORDS_LENGTH, ChosenPlace, coarse
from mitstadt.spine.queries.places import kiez_at, larger_area_at, larger_area_of


def set_place(record: Record, chosen: ChosenPlace, *, actor: Actor, now: datetime) -> Place:
    """Give a record its place, or another one, and the area it lies in; part of an action that has its permit."""
    words = clean_words(chosen.words).strip()
    if len(words) > WORDS_LENGTH:
        raise Refused("place_words_too_long", length=len(words), limit=WORDS_LENGTH)
    precision, point, area = _kept(chosen, now=now)
    if point is None and not words:
        raise Refused("place_missing")
    longitude, latitude = point or (None, None)
    with transaction.atomic():
        fields = {"longitude": longitude, "latitude": latitude, "precision": precision, "words": words}
        place, _new = Place.objects.update_or_create(record_id=record.pk, defaults=fields)
        if area is not None and record.area_id != area.pk:
            record.area = area
            record.save(update_fields=["area"])
        # Who makes a place coarser wants the finer one gone, from under the salt too.
        ActContent.objects.filter(record_id=record.pk, act__verb=verbs.PLACED.key).delete()
        record_act(
            actor=actor, verb=verbs.PLACED, record=record, now=now, content=fields, details={"precision": precision}
        )
    return place


def _kept(chosen: ChosenPlace, *, now: datetime) -> tuple[Precision, tuple[float, float] | None, Area | None]:
    """What may be stored of the choice. The area is that of the exact point: it says who is in charge."""
    if chosen.point is None:
        return _kept_area(chosen)
    longitude, latitude = chosen.point
    area = kiez_at(longitude, latitude, on=now.date())
    if area is None:
        raise Refused("place_outside")
    if chosen.precision in {Precision.KIEZ, Precision.AREA, Precision.WORDS}:
        wide = area if chosen.precision == Precision.KIEZ else larger_area_at(longitude, latitude, on=now.date())
        return _middle_of(wide or area, chosen.precision)
    return chosen.precision, coarse(longitude, latitude, chosen.precision), area


def _kept_area(chosen: ChosenPlace) -> tuple[Precision, tuple[float, float] | None, Area | None]:
    """An area without a point is kept as it was chosen, or as the larger one around it."""
    if chosen.area is None:
        return Precision.WORDS, None, None
    larger = larger_area_of(chosen.area)
    if chosen.precision == Precision.AREA or larger == chosen.area:
        return _middle_of(larger, Precision.AREA)
    return _middle_of(chosen.area, Precision.KIEZ)


def _middle_of(area: Area, precision: Precision) -> tuple[Precision, tuple[float, float] | None, Area | None]:
    if precision == Precision.WORDS or area.lon is None or area.lat is None:
        return Precision.WORDS, None, area
    return precision, (area.lon, area.lat), area
