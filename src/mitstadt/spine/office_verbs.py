"""Verbs of those who tend the record for others: black out, erase on request, correct; and of people with tasks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mitstadt.spine.verbs import EMPTY, By, Told, Untold, Verb

BLACKED_OUT = Verb(
    "blacked_out",
    By.OFFICE,
    _("Worte geschwärzt"),
    Told(
        _("Einzelne Worte wurden geschwärzt."),
        _("Sie sind hier und in allem, was dazu gehört, gelöscht. Wo sie standen, ist es zu sehen."),
        quotes="reason",
    ),
    _("Einzelne Worte wurden geschwärzt. Der Grund steht öffentlich dabei."),
)
PROMISED_ANEW = Verb(
    "promised_anew", By.SYSTEM, _("Nach einer Schwärzung neu festgehalten, was daneben steht"), Untold.LOG_ONLY
)
PROPOSED_ERASURE = Verb("proposed_erasure", By.OFFICE, _("Löschung für jemand anderen vorgeschlagen"), Untold.LOG_ONLY)
DECLINED_ERASURE = Verb("declined_erasure", By.OFFICE, _("Löschung für jemand anderen abgelehnt"), Untold.LOG_ONLY)
TOOK_BACK_ERASURE = Verb("took_back_erasure", By.OFFICE, _("Vorschlag zur Löschung zurückgenommen"), Untold.LOG_ONLY)
ERASED_FOR_OTHERS = Verb(
    "erased_for_others",
    By.OFFICE,
    _("Auf Wunsch oder von Rechts wegen gelöscht"),
    Told(
        _("Es wurde gelöscht. Zwei Menschen haben das entschieden."),
        _("Kennzeichen und Weg bleiben."),
        quotes="reason",
    ),
    _("Es wurde gelöscht. Der Grund steht öffentlich dabei."),
    leaves=EMPTY,
)
ERASED_AGAIN = Verb(
    "erased_again",
    By.SYSTEM,
    _("Nach einer Wiederherstellung noch einmal gelöscht"),
    Told(_("Nach einer Wiederherstellung wurde noch einmal gelöscht, was schon gelöscht war.")),
)
CORRECTED_ENTRY = Verb(
    "corrected_entry",
    By.OFFICE,
    _("Erfassung berichtigt, mit den Worten davor"),
    Told(
        _("Der Schalter hat berichtigt, was falsch abgetippt war."),
        _("Was vorher dastand, steht unten."),
        quotes="reason",
    ),
    _("Der Schalter hat berichtigt, was falsch abgetippt war."),
)
INVITED_TO_ROLE = Verb("invited_to_role", By.OFFICE, _("Zu einer Aufgabe eingeladen"), Untold.LOG_ONLY)
REVOKED_ROLE_INVITATION = Verb(
    "revoked_role_invitation", By.OFFICE, _("Einladung zu einer Aufgabe zurückgenommen"), Untold.LOG_ONLY
)
ACCEPTED_ROLE = Verb("accepted_role", By.PEOPLE, _("Einladung zu einer Aufgabe angenommen"), Untold.LOG_ONLY)
PAUSED_ROLE = Verb("paused_role", By.OFFICE, _("Aufgabe ruht"), Untold.LOG_ONLY)
RESUMED_ROLE = Verb("resumed_role", By.OFFICE, _("Aufgabe ruht nicht mehr"), Untold.LOG_ONLY)
PAUSED = Verb("paused", By.OFFICE, _("Jemand kann eine Zeit lang nicht schreiben"), Untold.LOG_ONLY)
ENDED_PAUSE = Verb("ended_pause", By.OFFICE, _("Jemand kann wieder schreiben"), Untold.LOG_ONLY)
OBJECTED_TO_PAUSE = Verb("objected_to_pause", By.PEOPLE, _("Einer Pause widersprochen"), Untold.LOG_ONLY)
PROPOSED_ACCOUNT_END = Verb("proposed_account_end", By.OFFICE, _("Ende eines Kontos vorgeschlagen"), Untold.LOG_ONLY)
LEFT_ACCOUNT = Verb("left_account", By.OFFICE, _("Konto bleibt: abgelehnt oder zurückgenommen"), Untold.LOG_ONLY)
ENDED_ACCOUNT = Verb("ended_account", By.OFFICE, _("Konto für jemand anderen gelöscht"), Untold.LOG_ONLY)
REMOVED_ORGANISATION = Verb(
    "removed_organisation", By.OFFICE, _("Organisation entfernt, an der nichts hing"), Untold.LOG_ONLY
)
CLOSED_ORGANISATION = Verb("closed_organisation", By.OFFICE, _("Organisation geschlossen"), Untold.LOG_ONLY)
REOPENED_ORGANISATION = Verb("reopened_organisation", By.OFFICE, _("Organisation wieder geöffnet"), Untold.LOG_ONLY)
REVOKED_CODES = Verb("revoked_codes", By.OFFICE, _("Teilnahmecodes ungültig gemacht"), Untold.LOG_ONLY)
