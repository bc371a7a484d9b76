"""What was changed in public, in words: what was, what is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats as local_formats
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mitstadt.ground.areas.models import Area
from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine.amending import SHORTEN, WAYS
from mitstadt.spine.models import Access, Amendment, ParticipationLevel, Phase, Process
from mitstadt.spine.texts import COMMITMENT_FIELDS

TITLES: Mapping[str, str | Promise] = {
    "correct": gettext_lazy("Angaben berichtigt"),
    "care": gettext_lazy("Regel für das Ausblenden geändert"),
    "less_care": gettext_lazy("Regel für das Ausblenden gelockert"),
    "part_care": gettext_lazy("Regeln zum Mitmachen geändert"),
    "commitment": gettext_lazy("Zusage geändert"),
    "cancel": gettext_lazy("Abgesagt"),
    "reopen": gettext_lazy("Wieder geöffnet"),
    "hand_over": gettext_lazy("An eine andere Stelle übergeben"),
    "shorten": gettext_lazy("Zeit zum Mitmachen gekürzt"),
    "close": gettext_lazy("Früher abgeschlossen"),
    "outcome": gettext_lazy("Ergebnis berichtigt"),
    "plan_phase": gettext_lazy("Neue Zeit geplant"),
    "move_phase": gettext_lazy("Zeit verschoben"),
    "drop_phase": gettext_lazy("Geplante Zeit gestrichen"),
}
_FIELDS: Mapping[str, str | Promise] = {
    "title": gettext_lazy("Frage"),
    "body": gettext_lazy("Worum es geht"),
    "area_id": gettext_lazy("Gebiet"),
    "four_eyes": gettext_lazy("Ausblenden"),
    "access": gettext_lazy("Zugang"),
    "checks_first": gettext_lazy("Erscheinen"),
    "host_id": gettext_lazy("Zuständig"),
    "phase": gettext_lazy("Zeit"),
    "outcome": gettext_lazy("Ergebnis"),
    "decided_on": gettext_lazy("Entschieden am"),
    "link": gettext_lazy("Beschluss im Wortlaut"),
    **COMMITMENT_FIELDS,
}


_DAYS = frozenset({"answer_by", "decides_on", "decided_on"})


@dataclass(frozen=True)
class Difference:
    """One field that changed; an empty side says that there was, or is, nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One public change."""

    title: str
    at: datetime
    part: str
    differences: tuple[Difference, ...]
    reason: str
    by_two: bool
    key: int


def changes_of(amendments: Iterable[Amendment]) -> list[Change]:
    """Public changes in words."""
    return [change_of(one) for one in amendments]


def change_of(amendment: Amendment) -> Change:
    """One change in words, also where it only waits to be confirmed."""
    way = WAYS.get(amendment.what)
    record = amendment.record
    return Change(
        title=str(TITLES.get(amendment.what, _("Geändert"))),
        at=amendment.done_at or amendment.proposed_at,
        part="" if record.kind == Process.KIND else record.title,
        differences=tuple(_differences(amendment)),
        reason=amendment.reason,
        by_two=way is not None and way.by_two,
        key=amendment.pk,
    )


def _differences(amendment: Amendment) -> list[Difference]:
    before, after = amendment.before, amendment.after
    if amendment.what == SHORTEN.key:
        return _shortened(before["phases"], after["phases"])
    if "opens_at" in {**before, **after}:
        return [Difference(str(_FIELDS["phase"]), _stretch(before), _stretch(after))]
    # Where a room stands is told by the title of the change.
    named = [name for name in after if name in _FIELDS and before.get(name) != after[name]]
    return [
        Difference(_capital(str(_FIELDS[name])), in_words(name, before.get(name)), in_words(name, after[name]))
        for name in named
    ]


def _shortened(before: list[Mapping[str, object]], after: list[Mapping[str, object]]) -> list[Difference]:
    """A line for each phase; one that is dropped stands there without days."""
    then = {one["key"]: one for one in before}
    return [
        Difference(str(one["part"]), _stretch(then.get(one["key"], {})), _stretch(one if one["opens_at"] else {}))
        for one in after
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _stretch(told: Mapping[str, object]) -> str:
    if not told:
        return ""
    first = timezone.localdate(datetime.fromisoformat(str(told["opens_at"])))
    last = timezone.localdate(datetime.fromisoformat(str(told["closes_at"])) - Phase.MOMENT)
    words = {"title": told.get("phase", ""), "first": _day(first), "last": _day(last)}
    return _("%(title)s: %(first)s bis %(last)s") % words


def in_words(name: str, value: Any) -> str:
    """A plain value of a field as people read it."""
    if name == "area_id":
        return _area(value)
    if name == "host_id":
        return str(Organisation.objects.filter(pk=value).values_list("name", flat=True).first() or "")
    if name == "decided_by_id":
        return str(Organisation.objects.filter(slug=value).values_list("name", flat=True).first() or "")
    if name == "four_eyes":
        return _("Zwei Menschen entscheiden.") if value else _("Eine Person entscheidet.")
    if name == "checks_first":
        return _("Beiträge werden vorher gelesen.") if value else _("Beiträge erscheinen sofort.")
    if name == "access":
        return str(Access(str(value)).label)
    if name == "level":
        return str(ParticipationLevel(str(value)).label)
    if name in _DAYS and value:
        return _day(date.fromisoformat(str(value)))
    return str(value or "")


def _area(value: Any) -> str:
    found = Area.objects.filter(pk=value).first() if value else None
    return found.name(get_language() or "de") if found else _("ganze Stadt")


def _day(day: date) -> str:
    return str(local_formats.date_format(day, "DATE_FORMAT"))
