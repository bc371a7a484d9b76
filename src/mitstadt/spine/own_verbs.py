"""Verbs and events of the spine itself: processes, comments, supports, answers, moderation, authors, runs, roles."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mitstadt.spine.models import AnswerDecision
from mitstadt.spine.verbs import AWAY, EMPTY, READ, TAKEN_BACK, By, Event, Told, Untold, Verb


def _new_comments(n: int) -> str:
    return ngettext("%(n)s neuer Kommentar.", "%(n)s neue Kommentare.", n) % {"n": n}


def _run_page(details: Mapping[str, object]) -> str:
    run = details.get("run")
    return reverse("run", args=[run]) if run else ""


def _outcome_page(details: Mapping[str, object]) -> str:
    outcome = details.get("outcome")
    return reverse("trail", args=[outcome]) if outcome else ""


PREPARED = Verb("prepared", By.OFFICE, _("Beteiligung vorbereitet"), Told(_("Die Beteiligung wurde vorbereitet.")))
PLANNED_PART = Verb("planned_part", By.OFFICE, _("Teil geplant"), Told(_("Dieser Teil wurde geplant.")))
OPENED_PART = Verb("opened_part", By.OFFICE, _("Teil geöffnet"), Told(_("Dieser Teil wurde geöffnet.")))
ADDED_HOST = Verb(
    "added_host", By.OFFICE, _("Weitere Stelle lädt mit ein"), Told(_("Eine weitere Stelle lädt mit ein."))
)
ENDED_HOST = Verb(
    "ended_host", By.OFFICE, _("Stelle lädt nicht mehr mit ein"), Told(_("Eine Stelle lädt nicht mehr mit ein."))
)
PLANNED_PHASE = Verb(
    "planned_phase", By.OFFICE, _("Phase geplant"), Told(_("Eine Phase wurde geplant."), quotes="reason")
)
MOVED_PHASE = Verb(
    "moved_phase",
    By.OFFICE,
    _("Zeiten einer Phase geändert"),
    Told(_("Die Zeiten einer Phase wurden geändert."), quotes="reason"),
)
OPENED = Verb(
    "opened",
    By.OFFICE,
    _("Beteiligung geöffnet"),
    Told(_("Die Beteiligung wurde geöffnet."), _("Seitdem steht die Zusage fest.")),
    _("Eine neue Beteiligung ist offen."),
)
CHANGED_COMMITMENT = Verb(
    "changed_commitment",
    By.OFFICE,
    _("Zusage öffentlich geändert"),
    Told(_("Die Zusage wurde öffentlich geändert."), quotes="reason"),
    _("Die Zusage wurde geändert. Was und warum, steht öffentlich dabei."),
)
ANNOUNCED = Verb(
    "announced",
    By.OFFICE,
    _("Neuigkeit veröffentlicht"),
    Untold.BEGINS,
    _("Es gibt etwas Neues. Es steht auf der Seite der Beteiligung."),
)
KEPT_PROMISE = Verb(
    "kept_promise",
    By.OFFICE,
    _("Zusage gehalten"),
    Told(_("Alle haben eine Antwort bekommen.")),
    _("Die Zusage ist gehalten: Alle haben eine Antwort."),
)
CLOSED = Verb(
    "closed",
    By.OFFICE,
    _("Beteiligung abgeschlossen"),
    Told(
        _("Die Beteiligung wurde abgeschlossen."),
        quotes="reason",
        leads_to=_outcome_page,
        link=_("Was entschieden wurde"),
    ),
    _("Die Beteiligung ist abgeschlossen. Was entschieden wurde, steht oben auf ihrer Seite."),
)
ISSUED_CODES = Verb("issued_codes", By.OFFICE, _("Teilnahmecodes ausgegeben"), Untold.LOG_ONLY)
COMMENTED = Verb(
    "commented",
    By.PEOPLE,
    _("Kommentar eingegangen"),
    Untold.BEGINS,
    _("Jemand hat einen Kommentar geschrieben."),
    _new_comments,
)
SUPPORTED = Verb("supported", By.PEOPLE, _("Unterstützung eingegangen"), Untold.COUNTED)
ENDED_SUPPORT = Verb("ended_support", By.PEOPLE, _("Unterstützung zurückgenommen"), Untold.COUNTED)
ANSWERED = Verb("answered", By.OFFICE, _("Antwort gegeben"), Untold.BEGINS)
CORRECTED_ANSWER = Verb(
    "corrected_answer",
    By.OFFICE,
    _("Antwort geändert"),
    Untold.BEGINS,
    _("Die Antwort wurde geändert. Die frühere bleibt im Werdegang lesbar."),
)
SET_THEME = Verb("set_theme", By.OFFICE, _("Thema zugeordnet"), Untold.LOG_ONLY)
ANSWERED_TAKEN_UP = Event("answered_taken_up", _("Es gibt eine Antwort: Der Vorschlag wird übernommen."))
ANSWERED_PARTLY = Event("answered_partly", _("Es gibt eine Antwort: Ein Teil wird übernommen."))
ANSWERED_NOT = Event("answered_not", _("Es gibt eine Antwort: Es wird nicht übernommen. Der Grund steht dabei."))
ANSWERED_QUESTION = Event("answered_answered", _("Die Frage ist beantwortet."))
ANSWERED_NOTED = Event("answered_noted", _("Es gibt eine Antwort: Es wurde zur Kenntnis genommen."))
REPORTED = Verb(
    "reported",
    By.PEOPLE,
    _("Meldung eingegangen"),
    Told(_("Jemand hat es gemeldet."), _("Die Moderation prüft es.")),
)
PROPOSED_VERDICT = Verb("proposed_verdict", By.OFFICE, _("Erste Prüfung der Moderation"), Untold.LOG_ONLY)
LOOKED_AT = Verb(
    "looked_at",
    By.OFFICE,
    _("Ohne Meldung geprüft"),
    Told(_("Die Moderation prüft es, ohne dass es jemand gemeldet hat.")),
)
HIDDEN_FOR_NOW = Verb(
    "hidden_for_now",
    By.OFFICE,
    _("Vorläufig ausgeblendet"),
    Told(
        _("Die Moderation hat es vorläufig ausgeblendet."),
        _("Eine zweite Person sieht es sich an. Sie stimmt zu, oder es erscheint wieder."),
    ),
    _("Die Moderation hat es vorläufig ausgeblendet. Eine zweite Person entscheidet."),
    leaves=AWAY,
)
BROUGHT_BACK = Verb(
    "brought_back",
    By.OFFICE,
    _("Doch nicht ausgeblendet"),
    Told(_("Die zweite Person hat anders entschieden."), _("Es ist wieder zu lesen.")),
    _("Die zweite Person der Moderation hat anders entschieden. Es ist wieder zu lesen."),
    leaves=READ,
)
HIDDEN = Verb(
    "hidden",
    By.OFFICE,
    _("Ausgeblendet"),
    Told(_("Die Moderation hat es ausgeblendet.")),
    _("Die Moderation hat es ausgeblendet. Regel und Begründung stehen in seinem Werdegang."),
    leaves=AWAY,
)
KEPT = Verb(
    "kept",
    By.OFFICE,
    _("Geprüft und stehen gelassen"),
    Told(_("Die Moderation hat es geprüft."), _("Es bleibt stehen.")),
    _("Die Moderation hat es geprüft. Es bleibt stehen."),
    leaves=READ,
)
COUNTED = Verb("burst_counted", By.OFFICE, _("Viele Gäste von einem Anschluss geprüft: Sie zählen"), Untold.LOG_ONLY)
NOT_COUNTED = Verb(
    "burst_not_counted",
    By.OFFICE,
    _("Viele Gäste von einem Anschluss geprüft: Sie zählen nicht"),
    Told(_("Die Moderation zählt Gäste nicht mit, die auf einmal von einem Anschluss kamen.")),
)
SETTLED = Verb(
    "settled",
    By.OFFICE,
    _("Prüfung erledigt"),
    Told(_("Die Moderation hat die Prüfung beendet."), _("Es war da schon nicht mehr zu lesen.")),
)
APPEALED = Verb("appealed", By.PEOPLE, _("Widerspruch eingelegt"), Told(_("Dagegen gibt es einen Widerspruch.")))
APPEAL_UPHELD = Verb(
    "appeal_upheld",
    By.OFFICE,
    _("Widerspruch hatte Erfolg"),
    Told(_("Der Widerspruch hatte Erfolg."), _("Es ist wieder zu lesen.")),
    _("Der Widerspruch hatte Erfolg. Es ist wieder zu lesen."),
    leaves=READ,
)
APPEAL_REFUSED = Verb(
    "appeal_refused",
    By.OFFICE,
    _("Widerspruch abgelehnt"),
    Told(_("Der Widerspruch wurde abgelehnt.")),
    _("Über den Widerspruch ist entschieden. Es bleibt ausgeblendet."),
    leaves=AWAY,
)
ATTACHED = Verb("attached", By.PEOPLE, _("Bilder oder Dokumente angefügt"), Untold.LOG_ONLY)
DETACHED = Verb("detached", By.PEOPLE, _("Bild oder Dokument entfernt"), Untold.LOG_ONLY)
PLACED = Verb("placed", By.PEOPLE, _("Ort angegeben"), Untold.LOG_ONLY)
WITHDREW = Verb(
    "withdrew",
    By.PEOPLE,
    _("Zurückgezogen"),
    Told(_("Die Person hat es zurückgezogen.")),
    leaves=TAKEN_BACK,
)
REWORDED = Verb(
    "reworded",
    By.PEOPLE,
    _("Eigene Worte geändert, mit den Worten davor"),
    Told(
        _("Die Person hat ihre Worte geändert."),
        _("Was vorher dastand, steht unten. Alle Unterstützungen bleiben."),
    ),
    _("Die Person hat ihre Worte geändert. Was vorher dastand, steht im Werdegang. Ihre Unterstützung bleibt."),
)
ERASED = Verb(
    "erased",
    By.PEOPLE,
    _("Gelöscht"),
    Told(_("Die Person hat es gelöscht."), _("Das ist ihr Recht. Kennzeichen und Weg bleiben.")),
    leaves=EMPTY,
)
UNDID_ENTRY = Verb(
    "undid_entry",
    By.OFFICE,
    _("Erfassung berichtigt"),
    Told(_("Beim Erfassen war ein Irrtum passiert. Der Eintrag wurde zurückgenommen.")),
    leaves=TAKEN_BACK,
)
UNDID_SUPPORT = Verb("undid_support", By.OFFICE, _("Erfassung einer Unterstützung berichtigt"), Untold.COUNTED)
INVITED_AUTHOR = Verb("invited_author", By.PEOPLE, _("Zum Mitschreiben eingeladen"), Untold.LOG_ONLY)
JOINED_AUTHORS = Verb(
    "joined_authors",
    By.PEOPLE,
    _("Eine weitere Person hat mitgeschrieben"),
    Told(_("Eine weitere Person bestätigt: Sie hat das mitgeschrieben.")),
    _("Eine weitere Person hat das mitgeschrieben."),
)
LEFT_AUTHORS = Verb(
    "left_authors",
    By.PEOPLE,
    _("Eine Person hat ihren Namen zurückgezogen"),
    Told(_("Eine der Personen hat ihren Namen zurückgezogen."), _("Der Text bleibt: Er ist auch von anderen.")),
)
REVOKED_INVITATION = Verb("revoked_invitation", By.PEOPLE, _("Einladung zurückgenommen"), Untold.LOG_ONLY)
MERGED = Verb(
    "merged",
    By.OFFICE,
    _("Mit anderem zusammengeführt"),
    Told(_("Es wurde mit anderem zusammengeführt."), _("Wer es unterstützt, zählt jetzt dort mit."), quotes="reason"),
    _("Es wurde mit anderem zusammengeführt. Ihre Unterstützung zählt dort mit."),
)
MERGED_BY_AUTHORS = Verb(
    "merged_by_authors",
    By.PEOPLE,
    _("Von den Verfassenden zusammengeführt"),
    Told(
        _("Die es schrieben, haben es mit anderem zusammengeführt."),
        _("Wer es unterstützt, zählt jetzt dort mit."),
        quotes="reason",
    ),
    _("Die es schrieben, haben es mit anderem zusammengeführt. Ihre Unterstützung zählt dort mit."),
)
SORTED_UNDER = Event("sorted_under", _("Zu einem Thema, dem Sie folgen, gibt es etwas."))
NEW_AT_PLACE = Event("new_at_place", _("Jemand hat etwas zu einem Ort gesagt, dem Sie folgen."))
FOUND_ANEW = Event("found_anew", _("Eine Suche, der Sie folgen, findet etwas Neues."))
TOOK_IN_ANOTHER = Event("took_in_another", _("Ein anderer Eintrag ging hierin auf."))
SEPARATED = Verb(
    "separated",
    By.OFFICE,
    _("Wieder getrennt"),
    Told(_("Es steht wieder für sich."), _("Alle Unterstützungen sind wieder hier."), quotes="reason"),
    _("Es steht wieder für sich. Ihre Unterstützung zählt wieder hier."),
)
SEPARATED_BY_AUTHORS = Verb(
    "separated_by_authors",
    By.PEOPLE,
    _("Von den Verfassenden wieder getrennt"),
    Told(
        _("Die es schrieben, haben es wieder getrennt."), _("Alle Unterstützungen sind wieder hier."), quotes="reason"
    ),
    _("Die es schrieben, haben es wieder getrennt. Ihre Unterstützung zählt wieder hier."),
)
SPLIT = Verb(
    "split",
    By.OFFICE,
    _("In mehrere aufgeteilt"),
    Told(_("Es wurde aufgeteilt."), _("Wer es unterstützt, zählt bei jedem Teil mit."), quotes="reason"),
    _("Es wurde aufgeteilt. Ihre Unterstützung zählt bei jedem Teil mit."),
)
SPLIT_BY_AUTHORS = Verb(
    "split_by_authors",
    By.PEOPLE,
    _("Von den Verfassenden aufgeteilt"),
    Told(
        _("Die es schrieben, haben es aufgeteilt."),
        _("Wer es unterstützt, zählt bei jedem Teil mit."),
        quotes="reason",
    ),
    _("Die es schrieben, haben es aufgeteilt. Ihre Unterstützung zählt bei jedem Teil mit."),
)
SPLIT_OFF = Verb("split_off", By.SYSTEM, _("Teil eines aufgeteilten Eintrags"), Untold.BEGINS)
COMPUTED = Verb(
    "computed",
    By.SYSTEM,
    _("Auswertung gerechnet"),
    Told(
        _("Eine Auswertung liegt vor."),
        _("Alle können sie nachrechnen: Eingabe und Befehl stehen dabei."),
        leads_to=_run_page,
        link=_("Zur Auswertung"),
    ),
)
SEALED_ROWS = Verb("sealed_rows", By.SYSTEM, _("Geheime Abgaben versiegelt"), Untold.LOG_ONLY)
LOST_KEY = Verb(
    "lost_key",
    By.SYSTEM,
    _("Schlüssel geheimer Abgaben verloren"),
    Told(
        _("Der Schlüssel zu den geheimen Abgaben ging verloren."),
        _("Alle zählen. Wer bis dahin abgegeben hatte, kann nichts mehr ändern."),
    ),
)
UNLINKED_ROWS = Verb(
    "unlinked_rows",
    By.SYSTEM,
    _("Schlüssel geheimer Abgaben vernichtet"),
    Told(
        _("Der Schlüssel zu den geheimen Abgaben wurde vernichtet."),
        _("Niemand kann sie noch jemandem zuordnen."),
    ),
)
ASSIGNED_ROLE = Verb("assigned_role", By.OFFICE, _("Aufgabe vergeben"), Untold.LOG_ONLY)
ENDED_ROLE = Verb("ended_role", By.OFFICE, _("Aufgabe beendet"), Untold.LOG_ONLY)
FOUNDED_ORGANISATION = Verb("founded_organisation", By.OFFICE, _("Organisation angelegt"), Untold.LOG_ONLY)
CHANGED_ORGANISATION = Verb(
    "changed_organisation", By.OFFICE, _("Angaben einer Organisation geändert"), Untold.LOG_ONLY
)
GAVE_MEMBERSHIP = Verb("gave_membership", By.OFFICE, _("Aufgabe in einer Organisation vergeben"), Untold.LOG_ONLY)
ENDED_MEMBERSHIP = Verb("ended_membership", By.OFFICE, _("Aufgabe in einer Organisation beendet"), Untold.LOG_ONLY)
DELETED_ACCOUNT = Verb("deleted_account", By.PEOPLE, _("Konto gelöscht"), Untold.LOG_ONLY)

_ANSWERS = {
    AnswerDecision.TAKEN_UP: ANSWERED_TAKEN_UP,
    AnswerDecision.PARTLY: ANSWERED_PARTLY,
    AnswerDecision.NOT: ANSWERED_NOT,
    AnswerDecision.ANSWERED: ANSWERED_QUESTION,
    AnswerDecision.NOTED: ANSWERED_NOTED,
}


def answered_as(decision: AnswerDecision) -> Event:
    """What those hear who follow a record that was answered so."""
    return _ANSWERS[decision]
