"""Why what people with a task do for others is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: Mapping[str, Promise] = {
    "paused": _("Sie können hier gerade nicht schreiben. Warum, und wie Sie widersprechen, steht auf „Meine Seite“."),
    "paused_already": _("Diese Person ist hier schon pausiert."),
    "not_paused": _("Diese Pause ist schon zu Ende. Laden Sie die Seite neu."),
    "objected_already": _("Sie haben schon widersprochen. Wer die Pause beschloss, liest es."),
    "pause_of_oneself": _("Sich selbst können Sie nicht pausieren. Bitten Sie jemand anderen aus der Leitung."),
    "pause_is_ones_own": _("Die eigene Pause beendet jemand anderes. Sie können ihr einmal widersprechen."),
    "no_author_to_pause": _("Von diesem Eintrag wissen wir nicht, wer ihn schrieb. Pausieren lässt sich niemand."),
    "role_rests_already": _("Diese Aufgabe ruht schon."),
    "role_rests_not": _("Diese Aufgabe ruht nicht. Laden Sie die Seite neu."),
    "invitation_to_role_unknown": _(
        "Diese Einladung gilt nicht mehr: Sie ist abgelaufen, zurückgenommen oder schon benutzt. "
        "Bitten Sie um eine neue."
    ),
    "invitation_to_another": _("Diese Einladung ging an eine andere Adresse. Melden Sie sich mit jener Adresse an."),
    "has_an_account": _(
        "Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an, dann nehmen Sie die Aufgabe an."
    ),
    "invitations_enough": _("Es sind schon viele Einladungen offen. Nehmen Sie einige zurück, oder warten Sie."),
    "words_too_short": _("Geben Sie mindestens zwei Zeichen an, die geschwärzt werden sollen."),
    "words_not_found": _("Diese Worte stehen so nicht im Eintrag. Kopieren Sie sie genau, wie sie dastehen."),
    "words_all_of_it": _(
        "Das ist der ganze Text. Schlagen Sie vor, ihn zu löschen; darüber entscheiden zwei Menschen."
    ),
    "reason_repeats_words": _(
        "Die Begründung lesen alle. Sie nennt, was gelöscht werden soll. Sagen Sie nur, worum es geht, "
        "etwa „Anschrift einer dritten Person“."
    ),
    "organisation_gone": _("Diese Organisation gibt es nicht mehr. Laden Sie die Seite neu."),
    "organisation_closed": _("Diese Organisation ist geschlossen. Sie fragt und entscheidet nichts Neues mehr."),
    "organisation_not_closed": _("Diese Organisation ist nicht geschlossen. Laden Sie die Seite neu."),
    "organisation_owes": _(
        "Hier ist noch etwas offen, in Vorbereitung oder zugesagt. Übergeben Sie es zuerst einer anderen Stelle, oder "
        "bringen Sie es zu Ende."
    ),
    "runs_the_platform": _("Diese Organisation betreibt die Plattform. Sie bleibt."),
    "erasure_proposed_already": _("Das ist schon vorgeschlagen. Jetzt entscheidet eine zweite Person."),
    "erasure_decided": _("Darüber ist schon entschieden. Laden Sie die Seite neu."),
    "not_entered_at_the_desk": _("Berichtigen lässt sich nur, was am Schalter für jemanden abgetippt wurde."),
    "correct_answered": _("Darauf gibt es schon eine Antwort. Der Eintrag bleibt deshalb, wie er ist."),
    "code_revoked": _("Dieser Code ist ungültig gemacht worden. Holen Sie sich einen neuen, wo Sie diesen bekamen."),
    "code_not_of_here": _("Diesen Code gibt es hier nicht. Prüfen Sie, ob alle Zeichen stimmen."),
    "codes_revoked_already": _("Diese Codes sind schon ungültig."),
    "answer_takes_two": _("Antworten unterschreibt hier eine zweite Person. Legen Sie ihr einen Entwurf vor."),
    "two_by_somebody_else": _(
        "Dass Antworten zwei Personen brauchen, hebt nur auf, wer die Plattform leitet und hier selbst keine Aufgabe "
        "hat."
    ),
    "second_person_signs": _("Ihren eigenen Entwurf unterschreibt jemand anderes aus Ihrem Amt."),
    "draft_gone": _(
        "Diesen Entwurf gibt es nicht mehr: Er ist unterschrieben oder verworfen. Laden Sie die Seite neu."
    ),
    "does_not_answer_here": _("Diese Person beantwortet hier nichts. Geben Sie ihr zuerst eine Aufgabe."),
    "note_missing": _("Die Notiz ist leer. Schreiben Sie sie in das Feld."),
    "note_gone": _("Diese Notiz gibt es nicht mehr. Laden Sie die Seite neu."),
    "note_of_another": _("Löschen kann eine Notiz nur, wer sie schrieb."),
    "block_gone": _("Diesen Textbaustein gibt es nicht mehr. Laden Sie die Seite neu."),
    "block_incomplete": _("Ein Textbaustein braucht einen Namen und einen Text."),
    "block_title_taken": _("Ein Textbaustein dieses Namens ist schon da. Geben Sie einen anderen Namen."),
    "blocks_enough": _("Mehr Textbausteine passen nicht in die Liste. Löschen Sie einige."),
    "chosen_changed": _("Inzwischen sind es %(count)s Beiträge. Sehen Sie nach, und bestätigen Sie noch einmal."),
    "choice_unconfirmed": _("Bestätigen Sie, dass Sie alle %(count)s Beiträge auf einmal meinen."),
    "choice_too_large": _(
        "Das sind %(count)s Beiträge auf einmal; mehr als %(most)s gehen nicht. Grenzen Sie enger ein."
    ),
    "name_not_shown": _("Diesen Namen können wir nicht zeigen. Er klingt nach einem Amt oder ist nicht lesbar."),
}
