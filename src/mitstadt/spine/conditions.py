"""Whether people are there who can answer for this city."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mitstadt.ground.conditions import Condition, Finding, Verdict, declare
from mitstadt.ground.organisations.contact import contact_of
from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.ground.organisations.queries import platform

_ENOUGH_LEADERS = 2
_FOUND = _("Gründen Sie die Stadt: ./mitstadt manage found_city")


def _people(role: Role, *, came: bool = False) -> int:
    """How many living accounts hold the role in the organisation that runs the platform, and have ever signed in."""
    held = Membership.objects.filter(organisation__runs_platform=True, role=role, person__is_active=True)
    held = held.filter(person__last_login__isnull=False) if came else held
    return held.values("person").distinct().count()


def _contact(_now: datetime) -> Finding:
    there = platform()
    if there is None:
        return Finding(Verdict.BAD, _("Keine Organisation betreibt diese Stadt: Das Impressum ist leer."), _FOUND)
    if not contact_of(there).can_be_reached:
        return Finding(
            Verdict.BAD,
            _("Im Impressum steht kein Weg, auf dem man %(name)s erreicht. Das Gesetz verlangt ihn.")
            % {"name": there.name},
            _("Tragen Sie Anschrift und Mail bei der Organisation ein."),
            "organisations",
        )
    return Finding(Verdict.FINE, _("Im Impressum steht, wie man %(name)s erreicht.") % {"name": there.name})


def _leaders(_now: datetime) -> Finding:
    count = _people(Role.OWNER)
    if _people(Role.OWNER, came=True) >= _ENOUGH_LEADERS:
        return Finding(Verdict.FINE, _("Mehrere Menschen leiten diese Stadt."))
    if not count:
        return Finding(Verdict.BAD, _("Niemand leitet diese Stadt."), _FOUND)
    if count >= _ENOUGH_LEADERS:
        return Finding(
            Verdict.OPEN,
            _("Eine zweite Leitung ist eingetragen, hat sich aber noch nie angemeldet."),
            _("Fragen Sie nach, ob die Adresse stimmt, oder geben Sie jemand anderem die Leitung."),
            "organisations",
        )
    return Finding(
        Verdict.OPEN,
        _("Nur ein Mensch leitet diese Stadt. Ist er krank, kann niemand eine Zusage ändern oder jemanden einladen."),
        _("Geben Sie einem zweiten Menschen die Leitung."),
        "organisations",
    )


def _moderators(_now: datetime) -> Finding:
    if _people(Role.MODERATOR):
        return Finding(Verdict.FINE, _("Jemand sieht nach, was gemeldet wird."))
    return Finding(
        Verdict.OPEN,
        _("Niemand hat die Moderation der ganzen Stadt: Was gemeldet wird, sieht nur, wer die Beteiligung leitet."),
        _("Geben Sie zwei Menschen die Moderation, damit einer den anderen prüfen kann."),
        "organisations",
    )


declare(Condition("contact", _("Impressum"), _contact))
declare(Condition("leaders", _("Zweite Leitung"), _leaders))
declare(Condition("moderators", _("Moderation"), _moderators))
