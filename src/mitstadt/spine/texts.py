"""Reason codes as sentences for people: what happened, what it means, what to do. Slices add their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import ParticipationLevel

REASONS: dict[str, Promise] = {
    "room_not_open": _("Das ist noch nicht offen."),
    "room_closed": _("Das ist abgeschlossen. Alle Beiträge und Antworten bleiben lesbar."),
    "part_not_open": _("Dieser Teil ist noch in Vorbereitung."),
    "part_not_ready": _("Ein Teil ist noch nicht vorbereitet: %(what)s."),
    "format_unknown": _("Diesen Weg gibt es hier nicht. Wählen Sie einen aus der Liste."),
    "deed_not_of_format": _("Eine Phase braucht mindestens etwas, das man in ihr tun kann. Wählen Sie es aus."),
    "hosts_already": _("Diese Stelle lädt hier schon ein."),
    "hosts_not": _("Diese Stelle lädt hier nicht mit ein. Laden Sie die Seite neu."),
    "already_open": _("Diese Beteiligung ist schon offen."),
    "phase_not_yet": _("Das geht noch nicht. Es beginnt am %(until)s."),
    "phase_over": _("Das geht nicht mehr. Die Frist endete am %(until)s. Ihr Text ist noch da."),
    "no_such_phase": _("In dieser Beteiligung ist das nicht vorgesehen."),
    "needs_account": _("Dafür brauchen Sie ein Konto. Melden Sie sich an; Ihr Text bleibt erhalten."),
    "needs_code": _("Dafür brauchen Sie einen Teilnahmecode oder ein Konto. Den Code gibt es auf dem Papierbogen."),
    "code_of_other_room": _("Ihr Teilnahmecode gilt anderswo. Melden Sie sich zuerst ab."),
    "no_task": _("Ihr Konto hat hier keine Aufgabe. Was sich geändert hat, steht auf Ihrer Seite."),
    "needs_role": _("Dazu gehört eine Aufgabe in dieser Beteiligung, die Ihr Konto nicht hat."),
    "needs_leading_role": _("Das kann nur, wer diese Organisation leitet. Fragen Sie dort nach."),
    "needs_platform_lead": _("Das kann nur, wer diese Plattform leitet. Die Adresse steht im Impressum."),
    "organisation_name_taken": _("Eine Organisation mit diesem Namen gibt es schon. Sie steht in der Liste."),
    "last_leader": _("Ohne Leitung geht es nicht. Geben Sie die Leitung zuerst noch jemandem."),
    "not_yours": _("Das kann nur, wer es geschrieben hat."),
    "others_wrote_it_too": _(
        "Das haben Sie mit anderen geschrieben. Sie können Ihren Namen zurückziehen; der Text bleibt bei den anderen."
    ),
    "invitation_unknown": _("Diese Einladung kennen wir nicht, oder jemand hat sie schon genutzt."),
    "invitation_open_enough": _("Es sind schon viele Einladungen offen. Warten Sie auf Antworten."),
    "author_already": _("Sie stehen hier schon."),
    "not_asked_to_join": _("Hier wartet keine Frage auf Sie. Laden Sie die Seite neu."),
    "went_on_in_another": _("Dieser Eintrag ging in einem anderen auf. Sprechen und unterstützen Sie dort weiter."),
    "went_on_in_pieces": _("Dieser Eintrag wurde aufgeteilt. Tun Sie es bei einem seiner Teile."),
    "nothing_to_merge": _("Zum Zusammenführen gehören mindestens zwei Einträge. Geben Sie beide an."),
    "merge_other_kind": _("Nur Einträge derselben Art und desselben Teils lassen sich zusammenführen."),
    "merge_answered": _("Darauf gibt es schon eine Antwort. Der Eintrag bleibt deshalb, wie er ist."),
    "reword_answered": _(
        "Darauf gibt es schon eine Antwort. Sie gilt diesen Worten, deshalb bleiben sie stehen. "
        "Schreiben Sie einen Kommentar dazu."
    ),
    "reword_checked_first": _(
        "Hier liest die Moderation alles, bevor es erscheint. Ziehen Sie den Text zurück, und schreiben Sie ihn neu."
    ),
    "reword_under_review": _("Die Moderation prüft diesen Text gerade. Danach können Sie ihn ändern."),
    "not_merged": _("Dieser Eintrag ist mit keinem anderen zusammengeführt. Laden Sie die Seite neu."),
    "split_into_one": _("Das ist nur ein Teil. Setzen Sie eine Zeile mit drei Strichen (---) zwischen die Teile."),
    "split_changes_words": _("Beim Aufteilen bleibt jedes Wort stehen. Ändern Sie nur, wo ein Teil endet."),
    "split_has_wording": _("Ein vorgeschlagener Wortlaut gehört zusammen. Er lässt sich nicht aufteilen."),
    "no_such_record": _("Den Eintrag %(ref)s gibt es nicht, oder er ist nicht öffentlich."),
    "answer_where_it_went": _("%(ref)s ging in einem anderen Eintrag auf. Antworten Sie dort: %(target)s."),
    "answered_already": _(
        "Schon beantwortet: %(refs)s. Ändern Sie die Antwort: Die frühere Antwort bleibt öffentlich lesbar."
    ),
    "not_answered_yet": _("Noch ohne Antwort: %(refs)s. Ändern lässt sich nur eine Antwort, die es schon gibt."),
    "kind_takes_no_such_deed": _("Das geht bei dieser Art von Eintrag nicht."),
    "not_in_a_room": _("Dieser Eintrag steht für sich. Dazu lässt sich hier nichts tun."),
    "record_gone": _("Das gibt es nicht mehr. Jemand war schneller. Laden Sie die Seite neu."),
    "translation_not_offered": _("Diesen Eintrag übersetzt hier keine Maschine."),
    "translation_failed": _(
        "Die Übersetzung hat nicht geklappt: Der Dienst antwortet gerade nicht richtig. "
        "Versuchen Sie es in einigen Minuten noch einmal. Das Original bleibt lesbar."
    ),
    "record_not_public": _("Dieser Eintrag ist gerade nicht öffentlich."),
    "already_erased": _("Dieser Eintrag ist schon gelöscht."),
    "nothing_to_appeal": _("Dieser Beitrag ist nicht ausgeblendet. Ein Widerspruch ist deshalb nicht nötig."),
    "decided_this_case": _("Sie haben hier schon mitentschieden. Über den Widerspruch entscheidet eine andere Person."),
    "reported_this_case": _("Sie haben das selbst gemeldet. Darüber entscheidet eine andere Person."),
    "not_decided_yet": _("Darüber ist noch nicht entschieden. Eine zweite Person sieht es sich an."),
    "own_case": _("Das haben Sie selbst geschrieben. Darüber entscheidet eine andere Person."),
    "second_person_needed": _("Hier entscheiden zwei Menschen. Ihr Vorschlag steht; nun ist eine zweite Person dran."),
    "not_hidden_whole": _(
        "Das lässt sich nicht als Ganzes ausblenden: Darin steht, was andere sagten. Schwärzen Sie einzelne Worte."
    ),
    "case_decided": _("Darüber ist schon entschieden. Laden Sie die Seite neu."),
    "already_appealed": _("Sie haben schon widersprochen. Über einen Widerspruch wird einmal entschieden."),
    "commitment_incomplete": _("Die Zusage ist noch nicht vollständig. Es fehlt: %(fields)s."),
    "no_phase_planned": _("Es ist noch keine Phase geplant. Legen Sie fest, was wann offen ist."),
    "phases_over": _("Die Zeit zum Mitmachen ist schon vorbei. Wählen Sie spätere Tage, bevor Sie öffnen."),
    "answer_day_over": _("Der Tag für die Antwort an alle ist schon vorbei. Wählen Sie einen späteren."),
    "answer_before_phase_ends": _(
        "„%(what)s“ geht bis %(last)s, die Antwort ist bis %(answer)s versprochen. Wählen Sie für die Antwort einen "
        "späteren Tag, oder lassen Sie die Phase früher enden."
    ),
    "phase_after_answer": _(
        "Versprochen ist eine Antwort für alle bis %(answer)s. So lange kann niemand mehr mitmachen. Ändern Sie "
        "zuerst die Zusage, oder wählen Sie einen früheren Tag."
    ),
    "dates_clash": _("Die Tage passen noch nicht zusammen. %(what)s"),
    "said_for_an_office": _(
        "Das wurde für eine Organisation gesagt. Zurückziehen kann es nur, wer sie leitet, öffentlich und mit Grund."
    ),
    "not_said_for_an_office": _("Das wurde für keine Organisation gesagt. Zurückziehen kann es nur, wer es schrieb."),
    "draft_discarded": _("Dieser Entwurf ist verworfen. Holen Sie ihn zurück, bevor Sie daran weiterarbeiten."),
    "draft_not_discarded": _("Dieser Entwurf ist nicht verworfen. Laden Sie die Seite neu."),
    "not_closed": _("Diese Beteiligung ist nicht abgeschlossen."),
    "part_dropped": _("Dieser Teil ist gestrichen. Planen Sie einen neuen."),
    "phase_begun": _(
        "Diese Phase hat schon begonnen. Schlagen Sie ein früheres Ende vor, wenn sie eher aufhören soll."
    ),
    "only_phase": _(
        "Das ist die einzige Phase dieses Teils. Streichen Sie den ganzen Teil, oder planen Sie eine neue."
    ),
    "care_takes_two": _(
        "Dass wieder eine Person allein ausblendet, beschließen zwei: Schlagen Sie es vor, eine zweite bestätigt."
    ),
    "shortening_takes_two": _(
        "Das nimmt Zeit zum Mitmachen weg, die versprochen war. Schlagen Sie es vor; eine zweite Person bestätigt es."
    ),
    "takes_no_time_away": _("Das nimmt niemandem Zeit weg. Sie können es allein und öffentlich ändern."),
    "end_is_over": _("Dieses Ende ist schon vorbei. Frühestens endet es heute."),
    "closing_too_early": _(
        "Bis %(until)s machen noch Menschen mit. Abschließen können Sie danach; früher enden lassen nur zwei Menschen."
    ),
    "proposed_yourself": _("Das haben Sie selbst vorgeschlagen. Bestätigen muss es eine zweite Person."),
    "amendment_waits": _("Dazu wartet schon ein Vorschlag. Bestätigen Sie ihn, oder lassen Sie ihn fallen."),
    "amendment_settled": _("Darüber ist schon entschieden. Laden Sie die Seite neu."),
    "amendment_outdated": _(
        "Seit dem Vorschlag hat sich hier etwas geändert. Lassen Sie ihn fallen, und schlagen Sie es neu vor."
    ),
    "no_such_organisation": _("Diese Organisation gibt es nicht. Wählen Sie eine aus der Liste."),
    "reason_missing": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum."),
    "text_missing": _("Der Text fehlt. Schreiben Sie, was Sie sagen möchten."),
    "text_too_long": _("Der Text ist zu lang: %(length)s Zeichen, erlaubt sind %(limit)s. Kürzen oder teilen Sie ihn."),
    "reply_to_reply": _("Antworten gehen nur eine Ebene tief. Antworten Sie auf den ersten Kommentar."),
    "unchanged": _("Es hat sich nichts geändert."),
    "unanswered_left": _("Noch ohne Antwort: %(count)s. Gehalten ist die Zusage, wenn alle eine haben."),
    "still_taking_part": _("Bis %(until)s machen noch Menschen mit. Gehalten ist die Zusage erst danach."),
    "nothing_to_answer": _("Es ist kein Beitrag ausgewählt. Wählen Sie mindestens einen aus."),
    "theme_too_long": _("Das Thema ist zu lang. Ein Wort oder zwei genügen."),
    "too_many_at_once": _(
        "Von diesem Anschluss kam gerade sehr viel. Deshalb wurde nichts gespeichert. Mit Konto oder gedrucktem Code "
        "geht es sofort weiter; sonst in einer Stunde, auf Papier oder mit einer Hauskennung."
    ),
    "too_much_from_you": _(
        "Das waren hier %(most)s in einer Stunde, mehr nimmt die Seite von einer Person nicht an. Ihr Text bleibt hier "
        "stehen: Senden Sie ihn ab %(until)s. Für eine Gruppe nehmen Sie Papierbögen; die Moderation weiß Bescheid."
    ),
    "answer_mail_unknown": _("Dieser Link gilt nicht mehr. Auf dem Beleg Ihres Beitrags bitten Sie um einen neuen."),
    "has_news_already": _("Sie haben ein Konto: Nachrichten bekommen Sie schon."),
    "no_answer_to_wait_for": _("Auf diesen Eintrag kommt keine Antwort mehr, oder sie ist schon da."),
    "too_many_searches": _("Sie folgen schon %(most)s Suchen. Beenden Sie eine, dann ist Platz für diese."),
    "too_many_tries": _(
        "Das waren sehr viele Versuche. Warten Sie ein paar Minuten, oder gehen Sie einen anderen Weg."
    ),
    "house_name": _("Geben Sie dem Haus einen Namen mit höchstens %(limit)s Zeichen."),
    "house_name_taken": _("Ein Haus mit diesem Namen hat schon eine Kennung."),
    "house_unknown": _(
        "Diese Hauskennung kennen wir nicht, oder sie gilt nicht mehr. Prüfen Sie, ob alle Zeichen stimmen."
    ),
    "code_unknown": _("Diesen Code kennen wir nicht. Prüfen Sie, ob alle Zeichen stimmen."),
    "not_open": _("Diese Beteiligung ist nicht offen."),
    "phase_ends_before_it_begins": _("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren letzten Tag."),
    "role_given_already": _("Diese Person hat diese Aufgabe hier schon."),
    "role_not_given": _("Diese Person hat diese Aufgabe hier nicht."),
    "nothing_on_the_slip": _(
        "Auf dem Bogen steht noch nichts. Geben Sie Worte ein oder Kennzeichen, die unterstützt werden."
    ),
    "slip_of_other_room": _("Der Code auf dem Bogen gilt anderswo. Legen Sie den Bogen dorthin."),
    "slip_needs_code": _(
        "Hier zählt nur, wer ein Konto oder einen gedruckten Code hat. Ohne Code zählt dieser Bogen nicht."
    ),
    "secret_row_unlinked": _(
        "Was Sie abgegeben haben, zählt. Ändern lässt es sich nicht mehr: Niemand kann es Ihnen noch zuordnen."
    ),
    "secret_rows_counted": _(
        "Hier ist schon alles gezählt, und niemand kann mehr etwas zuordnen. Darum kommt nichts mehr dazu."
    ),
    "not_entered_by_you": _("Zurücknehmen kann das nur die Person, die es erfasst hat."),
    "undo_too_late": _("Die Stunde zum Zurücknehmen ist vorbei. Melden Sie den Beitrag der Moderation."),
    "place_missing": _(
        "Der Ort fehlt. Wählen Sie ihn auf der Karte, suchen Sie ihn, oder beschreiben Sie ihn in Worten."
    ),
    "place_outside": _("Der Punkt liegt außerhalb. Wählen Sie einen Ort innerhalb der farbigen Gebiete."),
    "place_words_too_long": _("Die Beschreibung des Ortes ist zu lang: %(length)s Zeichen, erlaubt sind %(limit)s."),
    "too_many_files": _("Hier sind höchstens %(limit)s Dateien möglich. Lassen Sie einige weg."),
    "file_gone": _("Eine Datei war zu lange hochgeladen oder ist schon abgeschickt. Wählen Sie sie noch einmal aus."),
    "file_not_described": _("Sagen Sie in einem Satz, was zu sehen ist. Menschen, die nicht sehen, hören ihn."),
    "contact_incomplete": _(
        "Wer fragt, muss zu erreichen sein. Bei der Stelle fehlt noch: %(contact)s. "
        "Tragen Sie es bei ihren Angaben ein."
    ),
    "nothing_overdue": _("Hier ist keine Antwort überfällig."),
    "reminded_already": _("Sie haben in dieser Woche schon erinnert. In der nächsten können Sie es wieder tun."),
    "decides_nothing": _("Diese Organisation entscheidet in der Stadt nichts. Wählen Sie, wer entschieden hat."),
    "decided_in_future": _(
        "Dieser Tag liegt in der Zukunft. Schließen Sie erst ab, wenn entschieden ist, "
        "oder nennen Sie, was bis heute entschieden wurde."
    ),
    "link_of_no_page": _("Diese Adresse führt zu keiner Seite. Sie beginnt mit https:// oder http://."),
    "conflict": _("Jemand hat das gerade vor Ihnen geändert. Vergleichen Sie, und speichern Sie dann noch einmal."),
}


# The same for a page on which nobody has typed anything yet.
NOTICES: dict[str, Promise] = {
    "phase_over": _("Das geht nicht mehr. Die Frist endete am %(until)s."),
}

_UNKNOWN = _("Das geht hier gerade nicht. Fragen Sie bei der Stelle nach, die diese Seite betreibt.")

COMMITMENT_FIELDS: dict[str, Promise] = {
    "what_is_open": _("was offen ist"),
    "what_is_fixed": _("was feststeht"),
    "decided_by_id": _("wer entscheidet"),
    "decides_on": _("wann entschieden wird"),
    "who_decides": _("was zur Entscheidung dazugehört"),
    "level": _("wie weit Sie mitbestimmen"),
    "use_of_results": _("was mit den Ergebnissen geschieht"),
    "answer_by": _("bis wann alle eine Antwort bekommen"),
    "money": _("welches Geld da ist"),
}


# How far people have a say, and what that means: wherever a promise is read or made.
LEVELS_IN_A_SENTENCE: dict[ParticipationLevel, Promise] = {
    ParticipationLevel.INFORM: _("Information: Wir erklären, was geschieht, und beantworten Fragen."),
    ParticipationLevel.CONSULT: _("Mitsprache: Wir hören zu und sagen zu jedem Beitrag, was daraus wird."),
    ParticipationLevel.COOPERATE: _("Mitwirkung: Wir erarbeiten die Lösung gemeinsam."),
    ParticipationLevel.CO_DECIDE: _("Mitentscheidung: Wir binden uns an das Ergebnis."),
}


# What a phase opens to everyone, as those who plan it read it.
OPENED_DEEDS: dict[Deed, Promise] = {
    Deed.CONTRIBUTE: _("etwas beitragen"),
    Deed.COMMENT: _("kommentieren"),
    Deed.SUPPORT: _("unterstützen"),
    Deed.VOTE: _("abstimmen"),
}


# What is refused for its amount alone; the page then offers ways on (`ui/parts/ways_on.html`).
LIMIT_REASONS = frozenset({"too_many_at_once", "too_many_tries"})


class LimitSentence(str):
    """The sentence of a limit. It stays what it is through forms and pages, and whoever shows it offers ways on."""

    __slots__ = ()

    def __str__(self) -> str:
        """Itself, not a plain copy: forms turn their errors into text."""
        return self


def field_names(fields: Iterable[str]) -> str:
    """The names of commitment fields, as a person reads them."""
    return ", ".join(str(COMMITMENT_FIELDS[field]) for field in fields)


def register(reasons: Mapping[str, Promise]) -> None:
    """Make the reasons of a slice known; called once, when the slice is loaded."""
    for code, sentence in reasons.items():
        if REASONS.setdefault(code, sentence) is not sentence:
            raise ValueError(f"There is already a reason “{code}”.")


def sentence_for(reason: str, until: datetime | None = None, **parameters: object) -> str:
    """The sentence for a reason code, with its date in words; a plain one where the slice of the reason is gone."""
    said = _dated(REASONS.get(reason, _UNKNOWN), until, parameters) if reason else ""
    return LimitSentence(said) if reason in LIMIT_REASONS else said


def notice_for(reason: str, until: datetime | None = None) -> str:
    """The sentence for a page that says beforehand why something cannot be done; it speaks of no words typed."""
    return _dated(NOTICES[reason], until, {}) if reason in NOTICES else sentence_for(reason, until)


def _dated(sentence: str | Promise, until: datetime | None, parameters: Mapping[str, object]) -> str:
    text = str(sentence)
    when = formats.date_format(timezone.localtime(until), "DATETIME_FORMAT") if until else ""
    return text % {"until": when, **parameters} if "%(" in text else text
