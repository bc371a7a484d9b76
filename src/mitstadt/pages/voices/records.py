"""Find the record that a person wants to do something to, and its own page."""

from __future__ import annotations

from django.http import Http404

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Comment, Record
from mitstadt.spine.queries.visibility import visible_to


def record_by_ref(ref: str, *, actor: Actor) -> Record:
    """A record whose words the actor may read; anything else does not exist."""
    records = Record.objects.select_related("author", "organisation", "room__host", "part__room")
    found = visible_to(actor, records).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def comment_by_ref(ref: str, *, actor: Actor) -> Comment:
    """A comment that the actor may read."""
    found = (
        visible_to(actor, Comment.objects.select_related("target__room__host", "target__part__room"))
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise Http404
    return found
