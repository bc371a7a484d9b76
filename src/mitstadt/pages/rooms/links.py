"""For people who work in a room of any kind: the pages they need."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Room
from mitstadt.spine.permits import permit
from mitstadt.ui.parts import Link

_PAGES = ((Deed.ASSIGN_ROLES, "room_roles"), (Deed.ISSUE_CODES, "room_codes"))


def room_links(room: Room, *, actor: Actor, now: datetime) -> list[Link]:
    """Roles, codes and moderation, each for those who have the task; strangers get none."""
    labels = {"room_roles": _("Menschen und Aufgaben"), "room_codes": _("Teilnahmecodes drucken")}
    links = [
        Link(label=labels[page], href=reverse(page, args=[room.ref]))
        for deed, page in _PAGES
        if permit(actor, deed, room, now=now)
    ]
    if permit(actor, Deed.MODERATE, room, now=now):
        links.append(Link(label=_("Moderation"), href=f"{reverse('moderation')}?prozess={room.ref}"))
    return links
