"""Runs that an actor may see: those about a record whose words they may read."""

from __future__ import annotations

from django.http import Http404

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Record, Run
from mitstadt.spine.queries.visibility import visible_to


def run_by_ref(ref: str, *, actor: Actor) -> Run:
    """The run with this ref; anything the actor may not see does not exist."""
    found = Run.objects.select_related("record__room", "input").filter(ref=ref).first()
    if found is None or not visible_to(actor, Record.objects.filter(pk=found.record_id)).exists():
        raise Http404
    return found
