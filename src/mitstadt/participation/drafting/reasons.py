"""Why something in drafting does not go, in sentences for people: reason code to sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "text_already_published": _("Der Text ist schon veröffentlicht. Änderungen kommen in die nächste Fassung."),
    "nothing_to_publish": _("Es ist noch kein Absatz da. Laden Sie zuerst einen Text, oder schreiben Sie einen."),
    "wording_unchanged": _("Ihr Wortlaut gleicht dem Text. Ändern Sie ihn, oder schreiben Sie einen Kommentar."),
    "nothing_to_take_over": _("Dieser Beitrag schlägt keinen Wortlaut vor. Beantworten Sie ihn mit einem Grund."),
    "passage_gone": _("Die Stelle steht nicht mehr in der nächsten Fassung. Fügen Sie den Wortlaut selbst ein."),
    "passage_unknown": _("Eine Stelle gibt es in dieser Fassung nicht. Vergleichen Sie die Nummern der Absätze."),
}
