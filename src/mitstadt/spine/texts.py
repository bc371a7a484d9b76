"""Reason codes and verbs as sentences for people: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "process_not_open": _("Diese Beteiligung ist noch nicht offen."),
    "process_closed": _("Diese Beteiligung ist abgeschlossen. Alle Beiträge und Antworten bleiben lesbar."),
    "already_open": _("Diese Beteiligung ist schon offen."),
    "phase_not_yet": _("Das geht noch nicht. Es beginnt am %(until)s."),
    "phase_over": _("Das geht nicht mehr. Die Frist endete am %(until)s. Ihr Text ist noch da."),
    "no_such_phase": _("In dieser Beteiligung ist das nicht vorgesehen."),
    "needs_account": _("Dafür brauchen Sie ein Konto. Melden Sie sich an; Ihr Text bleibt erhalten."),
    "needs_code": _("Dafür brauchen Sie einen Teilnahmecode oder ein Konto. Den Code gibt es auf dem Papierbogen."),
    "code_of_other_process": _("Ihr Teilnahmecode gilt für eine andere Beteiligung. Melden Sie sich zuerst ab."),
    "needs_role": _("Dazu gehört eine Aufgabe in dieser Beteiligung, die Ihr Konto nicht hat."),
    "needs_leading_role": _("Das kann nur, wer diese Organisation leitet. Fragen Sie dort nach."),
    "needs_platform_lead": _("Das kann nur, wer diese Plattform leitet. Die Adresse steht im Impressum."),
    "organisation_name_taken": _("Eine Organisation mit diesem Namen gibt es schon. Sie steht in der Liste."),
    "last_leader": _("Ohne Leitung geht es nicht. Geben Sie die Leitung zuerst noch jemandem."),
    "not_yours": _("Das kann nur die Person tun, die es geschrieben hat."),
    "not_in_a_process": _("Dieser Eintrag gehört zu keiner Beteiligung."),
    "record_not_public": _("Dieser Eintrag ist gerade nicht öffentlich."),
    "already_erased": _("Dieser Eintrag ist schon gelöscht."),
    "nothing_to_appeal": _("Dieser Beitrag ist nicht ausgeblendet. Ein Widerspruch ist deshalb nicht nötig."),
    "decided_this_case": _("Sie haben hier schon mitentschieden. Über den Widerspruch entscheidet eine andere Person."),
    "second_person_needed": _("Hier entscheiden zwei Menschen. Ihr Vorschlag steht; nun ist eine zweite Person dran."),
    "case_decided": _("Darüber ist schon entschieden. Laden Sie die Seite neu."),
    "already_appealed": _("Sie haben schon widersprochen. Über einen Widerspruch wird einmal entschieden."),
    "commitment_incomplete": _("Die Zusage ist noch nicht vollständig. Es fehlt: %(fields)s."),
    "no_phase_planned": _("Es ist noch keine Phase geplant. Legen Sie fest, was wann offen ist."),
    "format_once": _(
        "Diesen Weg gibt es hier schon. Verschieben Sie sein Ende, oder eröffnen Sie eine zweite Beteiligung."
    ),
    "phases_over": _("Die Zeit zum Mitmachen ist schon vorbei. Wählen Sie spätere Tage, bevor Sie öffnen."),
    "answer_day_over": _("Der Tag für die Antwort an alle ist schon vorbei. Wählen Sie einen späteren."),
    "phase_not_ready": _("Eine Phase ist noch nicht vorbereitet: %(what)s."),
    "reason_missing": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum."),
    "text_missing": _("Der Text fehlt. Schreiben Sie, was Sie sagen möchten."),
    "text_too_long": _("Der Text ist zu lang: %(length)s Zeichen, erlaubt sind %(limit)s. Kürzen oder teilen Sie ihn."),
    "reply_to_reply": _("Antworten gehen nur eine Ebene tief. Antworten Sie auf den ersten Kommentar."),
    "unchanged": _("Es hat sich nichts geändert."),
    "unanswered_left": _("Noch ohne Antwort: %(count)s. Gehalten ist die Zusage, wenn alle eine haben."),
    "text_already_published": _("Der Text ist schon veröffentlicht. Änderungen kommen in die nächste Fassung."),
    "nothing_to_publish": _("Es ist noch kein Absatz da. Laden Sie zuerst einen Text, oder schreiben Sie einen."),
    "wording_unchanged": _("Ihr Wortlaut gleicht dem Text. Ändern Sie ihn, oder schreiben Sie einen Kommentar."),
    "nothing_to_take_over": _("Dieser Beitrag schlägt keinen Wortlaut vor. Beantworten Sie ihn mit einem Grund."),
    "passage_gone": _("Die Stelle steht nicht mehr in der nächsten Fassung. Fügen Sie den Wortlaut selbst ein."),
    "passage_unknown": _("Eine Stelle gibt es in dieser Fassung nicht. Vergleichen Sie die Nummern der Absätze."),
    "nothing_to_answer": _("Es ist kein Beitrag ausgewählt. Wählen Sie mindestens einen aus."),
    "too_many_at_once": _("Von diesem Anschluss kam gerade sehr viel. Versuchen Sie es in einer Stunde noch einmal."),
    "code_unknown": _("Diesen Code kennen wir nicht. Prüfen Sie, ob alle Zeichen stimmen."),
    "not_open": _("Diese Beteiligung ist nicht offen."),
    "phase_ends_before_it_begins": _("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren letzten Tag."),
    "no_such_account": _("Zu dieser Adresse gibt es kein Konto. Die Person meldet sich erst einmal selbst an."),
    "role_given_already": _("Diese Person hat diese Aufgabe hier schon."),
    "role_not_given": _("Diese Person hat diese Aufgabe hier nicht."),
    "nothing_on_the_slip": _(
        "Auf dem Bogen steht noch nichts. Geben Sie Worte ein oder Kennzeichen, die unterstützt werden."
    ),
    "theme_too_long": _("Das Thema ist zu lang. Ein Wort oder zwei genügen."),
    "slip_of_other_process": _("Der Code auf dem Bogen gehört zu einer anderen Beteiligung."),
    "not_entered_by_you": _("Zurücknehmen kann das nur die Person, die es erfasst hat."),
    "undo_too_late": _("Die Stunde zum Zurücknehmen ist vorbei. Melden Sie den Beitrag der Moderation."),
    "conflict": _("Jemand hat das gerade vor Ihnen geändert. Vergleichen Sie, und speichern Sie dann noch einmal."),
}


COMMITMENT_FIELDS: dict[str, Promise] = {
    "what_is_open": _("was offen ist"),
    "what_is_fixed": _("was feststeht"),
    "who_decides": _("wer entscheidet"),
    "level": _("wie weit Sie mitbestimmen"),
    "use_of_results": _("was mit den Ergebnissen geschieht"),
    "answer_by": _("bis wann alle eine Antwort bekommen"),
    "money": _("welches Geld da ist"),
}


KINDS: dict[str, Promise] = {
    "process": _("Beteiligung"),
    "text": _("Text"),
    "passage": _("Textstelle"),
    "contribution": _("Beitrag"),
    "comment": _("Kommentar"),
    "answer": _("Antwort"),
}


def field_names(fields: Iterable[str]) -> str:
    """The names of commitment fields, as a person reads them."""
    return ", ".join(str(COMMITMENT_FIELDS[field]) for field in fields)


def sentence_for(reason: str, until: datetime | None = None, **parameters: object) -> str:
    """The sentence for a reason code, with its date in words."""
    if not reason:
        return ""
    text = str(REASONS[reason])
    when = formats.date_format(timezone.localtime(until), "DATETIME_FORMAT") if until else ""
    return text % {"until": when, **parameters} if "%(" in text else text
