"""Who may enter a host's page: the process exists for the actor, and the deed is permitted."""

from __future__ import annotations

from django.http import HttpRequest

from mitstadt.ground import clock
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Process
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.processes import process_by_ref
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of


def process_for(request: HttpRequest, ref: str, deed: Deed) -> Process:
    """The process, for those who may do this deed there; 404 for a draft of others, 403 with a sentence otherwise."""
    actor = actor_of(request)
    process = process_by_ref(ref, actor=actor)
    require_page(permit(actor, deed, process, now=clock.now()))
    return process
