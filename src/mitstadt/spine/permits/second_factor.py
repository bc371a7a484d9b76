"""Whoever works for an office has a second factor: whether it is asked for, since when, and what holds without it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from mitstadt.ground.people.factors import has_second_factor
from mitstadt.spine.actors import Actor, without_tasks


def due_at(actor: Actor) -> datetime | None:
    """When this person's tasks end without a second factor; None for who has no task, or where none is asked for."""
    if actor.works_since is None or not settings.SECOND_FACTOR_REQUIRED:
        return None
    return actor.works_since + timedelta(days=settings.SECOND_FACTOR_DAYS)


def missing_until(actor: Actor) -> datetime | None:
    """The day until which this person still has to set one up; None where nothing is to be done."""
    due = due_at(actor)
    return None if due is None or actor.person is None or has_second_factor(actor.person) else due


def as_far_as_secured(actor: Actor, *, now: datetime) -> Actor:
    """The actor; without tasks once the time for a second factor is over and there is none."""
    due = due_at(actor)
    if due is None or now < due or actor.person is None or has_second_factor(actor.person):
        return actor
    return without_tasks(actor)
