"""A role that rests for a while, and what its person is told of it; the same in an organisation and in a room."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mitstadt.ground.organisations.models import Membership
from mitstadt.spine.actions.alerts import alert
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AlertKind, RoomRole


def rest(given: Membership | RoomRole, *, reason: str, now: datetime) -> None:
    """Let it permit nothing, from now on and for this reason."""
    if given.paused_at:
        raise Refused("role_rests_already")
    given.paused_at, given.pause_reason = now, reason
    given.save(update_fields=["paused_at", "pause_reason"])


def resume(given: Membership | RoomRole) -> None:
    """Let it permit again what it did."""
    if given.paused_at is None:
        raise Refused("role_rests_not")
    given.paused_at, given.pause_reason = None, ""
    given.save(update_fields=["paused_at", "pause_reason"])


def tell_of_role(given: Membership | RoomRole, what: str, place: str, *, now: datetime, reason: str = "") -> None:
    """Tell the person by mail that one of their roles changed, with the reason where there is one."""
    # Whoever has no task any more reads at their account what happened: the workplace is closed to them.
    page = "my_events" if what == "role_ended" else "workplace"
    facts = {"what": what, "role": given.role, "place": place, "reason": reason, "path": reverse(page)}
    alert([given.person_id], AlertKind.ROLE, f"{what}-{given.role}-{now.isoformat()}", facts=facts, now=now)
