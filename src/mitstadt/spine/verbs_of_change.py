"""Verbs of what changes in public after it opened, and of drafts that are given up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mitstadt.spine.verbs import TAKEN_BACK, By, Event, Told, Untold, Verb

DECIDED = Verb("decided", By.OFFICE, _("Ergebnis einer Beteiligung festgehalten"), Untold.BEGINS)
CORRECTED_OUTCOME = Verb(
    "corrected_outcome",
    By.OFFICE,
    _("Ergebnis öffentlich berichtigt"),
    Told(_("Das Ergebnis wurde öffentlich berichtigt."), quotes="reason"),
    _("Das Ergebnis wurde berichtigt. Was und warum, steht öffentlich dabei."),
)
REMINDED = Verb("reminded", By.PEOPLE, _("An eine überfällige Antwort erinnert"), Untold.COUNTED)
PROMISE_OPEN_AGAIN = Verb(
    "promise_open_again",
    By.SYSTEM,
    _("Zusage gilt wieder als offen"),
    Told(
        _("Die Zusage gilt wieder als offen."),
        _("Es ist etwas dazugekommen: ein Beitrag ohne Antwort oder neue Zeit zum Mitmachen."),
    ),
    _("Die Zusage gilt wieder als offen: Es ist etwas dazugekommen."),
)
CORRECTED = Verb(
    "corrected",
    By.OFFICE,
    _("Angaben öffentlich berichtigt"),
    Told(_("Die Angaben wurden öffentlich berichtigt."), quotes="reason"),
    _("Die Angaben wurden berichtigt. Was und warum, steht öffentlich dabei."),
)
CHANGED_CARE = Verb(
    "changed_care",
    By.OFFICE,
    _("Regeln zum Mitmachen öffentlich geändert"),
    Told(_("Die Regeln zum Mitmachen wurden öffentlich geändert."), quotes="reason"),
    _("Die Regeln zum Mitmachen wurden geändert. Was und warum, steht öffentlich dabei."),
)
CANCELLED = Verb(
    "cancelled",
    By.OFFICE,
    _("Beteiligung abgesagt"),
    Told(
        _("Die Beteiligung wurde abgesagt."),
        _("Zwei Menschen haben das entschieden. Was bis dahin gesagt wurde, bleibt lesbar."),
        quotes="reason",
    ),
    _("Die Beteiligung ist abgesagt. Der Grund steht öffentlich dabei."),
)
REOPENED = Verb(
    "reopened",
    By.OFFICE,
    _("Beteiligung wieder geöffnet"),
    Told(_("Die Beteiligung ist wieder offen."), _("Zwei Menschen haben das entschieden."), quotes="reason"),
    _("Die Beteiligung ist wieder offen. Der Grund steht öffentlich dabei."),
)
HANDED_OVER = Verb(
    "handed_over",
    By.OFFICE,
    _("Beteiligung an eine andere Stelle übergeben"),
    Told(
        _("Eine andere Stelle führt die Beteiligung weiter."),
        _("Sie hat zugestimmt und übernimmt die Zusage."),
        quotes="reason",
    ),
    _("Eine andere Stelle führt die Beteiligung weiter. Sie übernimmt die Zusage."),
)
SHORTENED = Verb(
    "shortened",
    By.OFFICE,
    _("Zeit zum Mitmachen gekürzt"),
    Told(
        _("Die Zeit zum Mitmachen wurde gekürzt."),
        _("Zwei Menschen haben das entschieden. Was bis dahin gesagt wurde, bleibt und bekommt seine Antwort."),
        quotes="reason",
    ),
    _("Die Zeit zum Mitmachen ist kürzer geworden. Bis wann und warum, steht öffentlich dabei."),
)
# What those hear who follow the process of a part.
PART_OPENED = Event("part_opened", _("Ein neuer Teil ist offen. Er steht auf der Seite der Beteiligung."))
TIMES_CHANGED = Event("times_changed", _("Die Zeiten zum Mitmachen sind jetzt andere. Warum, steht öffentlich dabei."))
DROPPED_PHASE = Verb(
    "dropped_phase",
    By.OFFICE,
    _("Geplante Phase gestrichen"),
    Told(_("Eine geplante Phase wurde gestrichen."), quotes="reason"),
)
DROPPED_PART = Verb("dropped_part", By.OFFICE, _("Geplanter Teil gestrichen"), Untold.LOG_ONLY)
DISCARDED = Verb("discarded", By.OFFICE, _("Entwurf verworfen"), Untold.LOG_ONLY)
RESTORED_DRAFT = Verb("restored_draft", By.OFFICE, _("Entwurf zurückgeholt"), Untold.LOG_ONLY)
RETRACTED = Verb(
    "retracted",
    By.OFFICE,
    _("Von der Organisation zurückgezogen"),
    Told(_("Die Organisation hat es zurückgezogen, für die es gesagt wurde."), quotes="reason"),
    _("Die Organisation hat es zurückgezogen, für die es gesagt wurde."),
    leaves=TAKEN_BACK,
)
