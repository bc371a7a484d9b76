"""An organisation founded by mistake goes; one on which something hangs is closed in public, and may come back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock_row
from mitstadt.spine.actions.names import look_at_names_again
from mitstadt.spine.actions.records import checked_reason
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.permits import permit_leading
from mitstadt.spine.queries.organisations import is_used, still_owes
from mitstadt.spine.verbs import Verb


def end_organisation(organisation: Organisation, *, actor: Actor, reason: str, now: datetime) -> bool:
    """Remove it where nothing hangs on it, else close it; whoever leads the platform may. True where it was removed."""
    said = checked_reason(reason)
    with transaction.atomic():
        found = lock_row(organisation, reason="organisation_gone")
        require(permit_leading(actor, None))
        if found.runs_platform:
            raise Refused("runs_the_platform")
        if found.closed_at is not None:
            raise Refused("organisation_closed")
        if removed := not is_used(found):
            found.delete()
        else:
            _close(found, said, now=now)
        look_at_names_again()
        _record(found, verbs.REMOVED_ORGANISATION if removed else verbs.CLOSED_ORGANISATION, said, actor=actor, now=now)
    return removed


def reopen_organisation(organisation: Organisation, *, actor: Actor, reason: str, now: datetime) -> Organisation:
    """Let it ask and decide again, in public and with a reason."""
    said = checked_reason(reason)
    with transaction.atomic():
        found = lock_row(organisation, reason="organisation_gone")
        require(permit_leading(actor, None))
        if found.closed_at is None:
            raise Refused("organisation_not_closed")
        found.closed_at, found.close_reason = None, ""
        found.save(update_fields=["closed_at", "close_reason"])
        _record(found, verbs.REOPENED_ORGANISATION, said, actor=actor, now=now)
    return found


def require_at_work(organisation: Organisation) -> None:
    """Nothing new begins with who was closed; held until the commit, so that nobody closes it meanwhile."""
    if lock_row(organisation, reason="organisation_gone").closed_at is not None:
        raise Refused("organisation_closed")


def _close(found: Organisation, reason: str, *, now: datetime) -> None:
    if still_owes(found):
        raise Refused("organisation_owes")
    found.closed_at, found.close_reason = now, reason
    found.save(update_fields=["closed_at", "close_reason"])


def _record(found: Organisation, verb: Verb, reason: str, *, actor: Actor, now: datetime) -> None:
    details = {"organisation": found.slug, "reason": reason}
    record_act(actor=actor, verb=verb, record=None, now=now, details=details)
