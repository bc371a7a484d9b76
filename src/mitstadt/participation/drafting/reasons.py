"""Why something in drafting does not go, in sentences for people: reason code to sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "text_already_published": _("Der Text ist schon veröffentlicht. Änderungen kommen in die nächste Fassung."),
    "nothing_to_publish": _("Es ist noch kein Absatz da. Laden Sie zuerst einen Text, oder schreiben Sie einen."),
    "wording_unchanged": _("Ihr Wortlaut gleicht dem Text. Ändern Sie ihn, oder schreiben Sie einen Kommentar."),
    "nothing_to_take_over": _("Dieser Beitrag schlägt keinen Wortlaut vor. Beantworten Sie ihn mit einem Grund."),
    "passage_gone": _("Die Stelle steht nicht mehr in der nächsten Fassung. Fügen Sie den Wortlaut selbst ein."),
    "draft_reads_otherwise": _(
        "Stelle %(place)s liest sich im Entwurf schon anders. Deshalb steht %(ref)s noch nicht dort."
        " Vergleichen Sie beides, und entscheiden Sie."
    ),
    "draft_changed": _("Der Entwurf hat sich geändert, seit Sie ihn geprüft haben. Sehen Sie ihn noch einmal an."),
    "wording_needs_answer": _("Diese Vorschläge brauchen noch eine Antwort: %(refs)s. Sie stehen nicht ganz im Text."),
    "wording_not_whole": _(
        "„Übernommen“ heißt: Der Wortlaut steht ganz im Text. Das gilt nicht für %(refs)s."
        " Nehmen Sie ihn in die nächste Fassung, oder antworten Sie anders."
    ),
    "wording_not_partly": _(
        "„Teilweise übernommen“ heißt: Ein Teil des Wortlauts steht im Text. Das gilt nicht für %(refs)s."
        " Nehmen Sie ihn in die nächste Fassung, oder antworten Sie anders."
    ),
    "question_wants_answer": _(
        "Auf eine Frage antwortet man mit „beantwortet“: %(refs)s. Antworten Sie darauf getrennt, oder wählen Sie das."
    ),
    "wording_is_no_question": _(
        "„Beantwortet“ gilt für Fragen. %(refs)s schlägt einen Wortlaut vor: Sagen Sie, ob er übernommen wird."
    ),
    "passage_unknown": _("Eine Stelle gibt es in dieser Fassung nicht. Vergleichen Sie die Nummern am Rand."),
}
