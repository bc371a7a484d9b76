"""What hangs on an organisation: whether it can go as if it had never been, or must be closed."""

from __future__ import annotations

from django.db.models import ForeignObjectRel, Q

from mitstadt.ground.organisations.models import Membership, Organisation
from mitstadt.spine.models import Commitment, RoleInvitation, Room, RoomHost, RoomStage

# What came only with the founding itself goes with it.
_ITS_OWN = (Membership, RoleInvitation)


def is_used(organisation: Organisation) -> bool:
    """Whether any row of the city names it, but for its members and those invited to be; one query a table."""
    # Also those that nobody asks for from this side: half of the tables say so.
    fields = Organisation._meta.get_fields(include_hidden=True)  # noqa: SLF001  # every table that points to one
    return any(_names_it(one, organisation) for one in fields if isinstance(one, ForeignObjectRel))


def _names_it(relation: ForeignObjectRel, organisation: Organisation) -> bool:
    if relation.related_model in _ITS_OWN:
        return False
    manager = relation.related_model._base_manager  # noqa: SLF001  # rows of every state
    return bool(manager.filter(**{relation.field.name: organisation}).exists())


def still_owes(organisation: Organisation) -> bool:
    """Whether it leads, invites to or decides what is not over, or promised an answer that is not given."""
    at_work = Room.objects.filter(discarded_at=None).exclude(stage=RoomStage.CLOSED)
    beside = RoomHost.objects.filter(organisation=organisation).values("room")
    if at_work.filter(Q(host=organisation) | Q(pk__in=beside)).exists():
        return True
    if Commitment.objects.filter(decided_by=organisation, process__in=at_work).exists():
        return True
    owed = Commitment.objects.filter(process__host=organisation, locked_at__isnull=False, kept_at=None)
    return owed.filter(released_at=None, process__discarded_at=None).exists()
