"""What happened, as one sentence for people who follow a record: in the digest and on their own page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

EVENTS: dict[str, Promise] = {
    "commented": _("Jemand hat einen Kommentar geschrieben."),
    "contributed": _("Jemand hat dazu einen Beitrag geschrieben."),
    "answered_taken_up": _("Es gibt eine Antwort: Der Vorschlag wird übernommen."),
    "answered_partly": _("Es gibt eine Antwort: Ein Teil wird übernommen."),
    "answered_not": _("Es gibt eine Antwort: Es wird nicht übernommen. Der Grund steht dabei."),
    "answered_noted": _("Es gibt eine Antwort: Es wurde zur Kenntnis genommen."),
    "taken_up_in_text": _("Der Vorschlag steht jetzt in der neuen Fassung."),
    "passage_dropped": _("Die Stelle, um die es ging, steht nicht mehr in der neuen Fassung."),
    "next_edition": _("Die Stelle steht jetzt in einer neuen Fassung."),
    "published_edition": _("Eine neue Fassung des Textes ist da."),
    "changed_commitment": _("Die Zusage wurde geändert. Was und warum, steht öffentlich dabei."),
    "kept_promise": _("Die Zusage ist gehalten: Alle haben eine Antwort."),
    "closed": _("Die Beteiligung ist abgeschlossen."),
    "hidden": _("Die Moderation hat es ausgeblendet. Der Grund steht auf Ihrer Seite, wenn es von Ihnen ist."),
    "kept": _("Die Moderation hat es geprüft. Es bleibt stehen."),
    "appeal_upheld": _("Der Widerspruch hatte Erfolg. Es ist wieder zu lesen."),
    "appeal_refused": _("Über den Widerspruch ist entschieden. Es bleibt ausgeblendet."),
}
_UNKNOWN = _("Es hat sich etwas getan.")


def event_sentence(event: str, *, times: int = 1) -> str:
    """The sentence for an event; several of one kind become one sentence with their number."""
    if times > 1 and event == "commented":
        return ngettext("%(n)s neuer Kommentar.", "%(n)s neue Kommentare.", times) % {"n": times}
    if times > 1 and event == "contributed":
        return ngettext("%(n)s neuer Beitrag.", "%(n)s neue Beiträge.", times) % {"n": times}
    return str(EVENTS.get(event, _UNKNOWN))
