"""Alerts as sentences: what happened, and where to see to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import translate_url
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from mitstadt.ground.organisations.models import Role
from mitstadt.spine.models import Alert, AlertKind


@dataclass(frozen=True)
class ToldAlert:
    """One alert in the words of the mail."""

    sentence: str
    reason: str
    path: str


_SENTENCES: dict[str, Promise] = {
    "role_given": gettext_lazy("Sie haben eine Aufgabe bekommen: %(role)s, %(place)s."),
    "role_ended": gettext_lazy("Ihre Aufgabe ist beendet: %(role)s, %(place)s."),
    "role_paused": gettext_lazy("Ihre Aufgabe ruht: %(role)s, %(place)s."),
    "role_resumed": gettext_lazy("Ihre Aufgabe ruht nicht mehr: %(role)s, %(place)s."),
    "paused": gettext_lazy(
        "Sie können eine Zeit lang nicht schreiben: %(place)s. Was Sie schrieben, bleibt stehen. Widersprechen können "
        "Sie auf Ihrer Seite."
    ),
    "pause_ended": gettext_lazy("Sie können wieder schreiben: %(place)s."),
    AlertKind.REPORT: gettext_lazy("%(place)s: %(ref)s wartet auf eine Entscheidung der Moderation."),
    AlertKind.APPEAL: gettext_lazy("%(place)s: Zu %(ref)s gibt es einen Widerspruch."),
    AlertKind.ERASURE: gettext_lazy(
        "%(place)s: Jemand schlägt vor, %(ref)s zu löschen. Eine zweite Person entscheidet."
    ),
    AlertKind.PROPOSAL: gettext_lazy("%(place)s: Ein Vorschlag wartet auf Ihr Ja oder Nein."),
    "account_end": gettext_lazy("Jemand schlägt vor, ein Konto zu löschen. Eine zweite Person entscheidet."),
    "due": gettext_lazy("%(place)s: Die Antwort an alle ist bis zum %(day)s zugesagt."),
    "overdue": gettext_lazy("%(place)s: Die zugesagte Antwort ist überfällig, seit dem %(day)s."),
    "reminded": gettext_lazy(
        "%(place)s: Jemand erinnert an die Antwort, die bis zum %(day)s zugesagt war. "
        "Wie oft erinnert wird, sehen alle."
    ),
    AlertKind.WAITING: gettext_lazy("%(place)s: Beiträge warten seit mehr als zwei Wochen auf eine Antwort."),
    AlertKind.FIRST: gettext_lazy("%(place)s: Der erste Beitrag ist da."),
}


def told(alert: Alert) -> ToldAlert:
    """The alert in the language of the moment."""
    facts = {key: str(value) for key, value in alert.facts.items()}
    role = facts.get("role", "")
    place = facts.get("place") or gettext("auf der ganzen Plattform")
    sentence = str(_SENTENCES[facts.get("what") or alert.kind]) % {
        "role": str(Role(role).label) if role in Role.values else role,
        "place": place,
        "ref": facts.get("ref", ""),
        "day": formats.date_format(date.fromisoformat(facts["day"])) if "day" in facts else "",
    }
    path = facts.get("path", "")
    return ToldAlert(sentence, facts.get("reason", ""), translate_url(path, get_language() or "de") if path else "")
