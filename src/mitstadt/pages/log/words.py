"""The verbs of the log as short sentences without names: the log names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models import Act

VERBS = {
    "prepared": _("Beteiligung vorbereitet"),
    "planned_phase": _("Phase geplant"),
    "moved_phase": _("Zeiten einer Phase geändert"),
    "opened": _("Beteiligung geöffnet"),
    "changed_commitment": _("Zusage öffentlich geändert"),
    "kept_promise": _("Zusage gehalten"),
    "closed": _("Beteiligung abgeschlossen"),
    "imported_text": _("Text geladen"),
    "published_text": _("Erste Fassung veröffentlicht"),
    "published_edition": _("Neue Fassung veröffentlicht"),
    "issued_codes": _("Teilnahmecodes ausgegeben"),
    "contributed": _("Beitrag eingegangen"),
    "commented": _("Kommentar eingegangen"),
    "supported": _("Unterstützung eingegangen"),
    "ended_support": _("Unterstützung zurückgenommen"),
    "answered": _("Antwort gegeben"),
    "reported": _("Meldung eingegangen"),
    "proposed_verdict": _("Erste Prüfung der Moderation"),
    "hidden": _("Ausgeblendet"),
    "kept": _("Geprüft und stehen gelassen"),
    "appealed": _("Widerspruch eingelegt"),
    "appeal_upheld": _("Widerspruch hatte Erfolg"),
    "appeal_refused": _("Widerspruch abgelehnt"),
    "withdrew": _("Zurückgezogen"),
    "erased": _("Gelöscht"),
    "assigned_role": _("Aufgabe vergeben"),
    "ended_role": _("Aufgabe beendet"),
    "founded_organisation": _("Organisation angelegt"),
    "changed_organisation": _("Angaben einer Organisation geändert"),
    "gave_membership": _("Aufgabe in einer Organisation vergeben"),
    "ended_membership": _("Aufgabe in einer Organisation beendet"),
    "set_theme": _("Thema zugeordnet"),
    "undid_entry": _("Erfassung berichtigt"),
    "deleted_account": _("Konto gelöscht"),
    "translated_text": _("Text übersetzt"),
    "built_demo": _("Vorführstadt angelegt"),
}
ACTORS = {
    "person": _("eine Person mit Konto"),
    "code": _("eine Person mit Teilnahmecode"),
    "guest": _("eine Person ohne Konto"),
    "host": _("eine Stelle der Stadt"),
    "system": _("die Plattform selbst"),
}


@dataclass(frozen=True)
class ShownAct:
    """One act as a row."""

    index: int
    at: datetime
    what: str
    who: str
    ref: str
    fingerprint: str


def shown(act: Act) -> ShownAct:
    """The act in words; a verb that has none yet is shown as it stands in the log."""
    who = act.actor or str(ACTORS.get(act.actor_kind, act.actor_kind))
    what = str(VERBS.get(act.verb, act.verb))
    return ShownAct(index=act.index, at=act.at, what=what, who=who, ref=act.ref, fingerprint=act.leaf_hash)
