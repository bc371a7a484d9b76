"""The arrows of drafting: what became of passages in the next edition, and of wordings that were proposed."""

from django.utils.translation import gettext_lazy as _

from mitstadt.spine.links import LinkType, Way

TAKEN_UP_IN = LinkType(
    "taken_up_in",
    _("aufgenommen in"),
    forth=Way(_("Es steht jetzt in der neuen Fassung."), _("Zur neuen Stelle")),
    back=Way(_("Ein Vorschlag wurde hier aufgenommen."), _("Zum Vorschlag")),
)
PARTLY_IN = LinkType(
    "partly_in",
    _("zum Teil aufgenommen in"),
    forth=Way(_("Ein Teil davon steht jetzt in der neuen Fassung."), _("Zur neuen Stelle")),
    back=Way(_("Ein Teil eines Vorschlags wurde hier aufgenommen."), _("Zum Vorschlag")),
)
KEPT_AS = LinkType(
    "kept_as",
    _("unverändert geblieben als"),
    forth=Way(_("Die nächste Fassung hat es behalten."), _("Zur neuen Stelle")),
    back=Way(_("Es stand schon so in der früheren Fassung."), _("Zur früheren Stelle")),
)
CHANGED_TO = LinkType(
    "changed_to",
    _("geändert zu"),
    forth=Way(_("Die nächste Fassung hat es geändert."), _("Zur neuen Stelle")),
    back=Way(_("Es ist aus einer früheren Stelle entstanden."), _("Zur früheren Stelle")),
)

LINK_TYPES = (TAKEN_UP_IN, PARTLY_IN, KEPT_AS, CHANGED_TO)
