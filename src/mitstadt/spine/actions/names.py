"""Names that came to look like those of an office: whoever has one keeps it, is told, and it is marked."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from mitstadt.ground.languages import of_the_city
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.ground.people.names import TakenNames, read_name
from mitstadt.spine.queries.taken_names import people_who_may_be_mistaken, taken_names


def mark_borrowed_names(*, now: datetime) -> int:
    """Look at all names again, after an organisation or a task came or went; returns how many are newly marked."""
    taken, marked = taken_names(), 0
    rows = people_who_may_be_mistaken().values_list("pk", "display_name", "name_clashes_since")
    for key, name, since in rows.iterator(chunk_size=2000):
        clashes = read_name(name, taken=taken).fault is not None
        if clashes != (since is not None):
            marked += _mark(key, taken, now=now)
    Person.objects.exclude(name_clashes_since=None).exclude(pk__in=people_who_may_be_mistaken()).update(
        name_clashes_since=None
    )
    return marked


def look_at_names_again() -> None:
    """Let a worker do so, once what changed is committed."""
    from mitstadt.spine.tasks import compare_names  # it does what stands here

    compare_names.enqueue()


def _mark(key: int, taken: TakenNames, *, now: datetime) -> int:
    """Mark the name or lift the mark; the name may have changed meanwhile, so it is read again under lock."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=key)
        clashes = bool(person.display_name) and read_name(person.display_name, taken=taken).fault is not None
        if clashes == (person.name_clashes_since is not None):
            return 0
        person.name_clashes_since = now if clashes else None
        person.save(update_fields=["name_clashes_since"])
        if not clashes:
            return 0
        note_event(person, EventKind.NAME_MARKED, now=now)
        if person.email:
            send(_letter(person))
    return 1


def _letter(person: Person) -> Letter:
    with override(of_the_city(person.language)):
        context = {
            "site_name": settings.UI_SITE_NAME,
            "name": person.display_name,
            "settings_url": settings.PUBLIC_URL + reverse("my_settings"),
        }
        return Letter(
            to=person.email or "",
            subject=gettext("Ihr Name gleicht dem einer Stelle"),
            text=render_to_string("spine/name_marked.txt", context),
        )
