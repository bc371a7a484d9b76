"""A list of wishes and a wish; a catalogue and a unit."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from mitstadt.spine.models import Part, Record, Room
from mitstadt.spine.models.managers import RecordManager


class WishList(Part):
    """Wishes are collected here."""

    KIND: ClassVar[str] = "wish_list"

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        proxy = True


class Wish(Record):
    """What somebody wishes, and for which spot."""

    KIND: ClassVar[str] = "wish"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_wish"
    )
    spot = models.CharField(max_length=80, blank=True)

    objects: ClassVar[RecordManager[Self]] = RecordManager()


class Catalogue(Room):
    """An office's catalogue of units."""

    KIND: ClassVar[str] = "catalogue"

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        proxy = True


class Unit(Record):
    """Something to learn, and how long it takes."""

    KIND: ClassVar[str] = "unit"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_unit"
    )
    minutes = models.PositiveSmallIntegerField(default=30)

    objects: ClassVar[RecordManager[Self]] = RecordManager()
