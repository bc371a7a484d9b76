"""A part in rows for those who prepare it: who takes part and how it works, and its phases with what they open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats as local_formats
from django.utils.translation import gettext as _

from mitstadt.pages.host.forms import days_of
from mitstadt.spine import formats
from mitstadt.spine.models import Access, Part, Phase
from mitstadt.spine.texts import OPENED_DEEDS
from mitstadt.ui.parts import Row


@dataclass(frozen=True)
class Stretched:
    """A phase with its number, its days and its deeds in words."""

    place: int
    phase: Phase
    days: str
    deeds: str


def stretched(part: Part) -> list[Stretched]:
    """The phases by their number, which never changes: the order in which they were planned."""
    planned = sorted(part.phases.all(), key=lambda phase: phase.pk)
    return [Stretched(place, phase, _days(phase), _deeds(phase)) for place, phase in enumerate(planned, start=1)]


def facts_of(part: Part) -> list[Row]:
    """What was said about the part; each can be changed until it opens."""
    change = "" if part.is_up else reverse("host_part_facts", args=[part.ref])
    checked = _("Beiträge werden vorher gelesen.") if part.checks_first else _("Beiträge erscheinen sofort.")
    rows = [
        Row(term=_("Name"), value=part.title, change_href=change),
        Row(term=_("Zugang"), value=str(Access(part.access).label), change_href=change),
        Row(term=_("Umgang"), value=checked, change_href=change),
    ]
    if part.body:
        rows.insert(1, Row(term=_("Worum es geht"), value=part.body, change_href=change))
    return [*rows, *_own(part, change)]


def _own(part: Part, change: str) -> list[Row]:
    """The settings of the format, in the words of its form."""
    declared = formats.format_of(part)
    if declared is None or declared.settings_form is None:
        return []
    form = declared.settings_form(initial=part.settings)
    return [
        Row(term=str(field.label), value=_told(field.value(), required=field.field.required), change_href=change)
        for field in form
    ]


def _told(value: object, *, required: bool) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if value in (None, ""):
        return _("fehlt noch") if required else _("keine Angabe")
    return str(value)


def _days(phase: Phase) -> str:
    days = days_of(phase)
    first, last = (local_formats.date_format(days[name], "DATE_FORMAT") for name in ("first_day", "last_day"))
    return _("%(first)s bis %(last)s") % {"first": first, "last": last}


def _deeds(phase: Phase) -> str:
    return ", ".join(str(words) for deed, words in OPENED_DEEDS.items() if phase.takes(deed))
