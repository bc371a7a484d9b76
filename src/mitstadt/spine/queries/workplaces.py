"""Where a person works: the processes in which one of their roles permits a deed."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Process
from mitstadt.spine.permits import roles_for


def processes_where(actor: Actor, deed: Deed) -> QuerySet[Process]:
    """The processes in which the actor has a role for this deed: the queryset twin of the permits by role."""
    grants = [grant for grant in actor.grants if grant.role in roles_for(deed)]
    if any(grant.organisation_id is None and grant.process_id is None for grant in grants):
        return Process.objects.all()
    hosts = {grant.organisation_id for grant in grants if grant.organisation_id is not None}
    own = {grant.process_id for grant in grants if grant.process_id is not None}
    return Process.objects.filter(Q(host_id__in=hosts) | Q(pk__in=own))
