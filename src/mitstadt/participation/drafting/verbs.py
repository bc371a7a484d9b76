"""What is done in drafting, in the words of the log, of trails, and for those who follow."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mitstadt.spine.verbs import By, Event, Told, Untold, Verb


def _new_contributions(n: int) -> str:
    return ngettext("%(n)s neuer Beitrag.", "%(n)s neue Beiträge.", n) % {"n": n}


CONTRIBUTED = Verb(
    "contributed",
    By.PEOPLE,
    _("Beitrag eingegangen"),
    Untold.BEGINS,
    _("Jemand hat dazu einen Beitrag geschrieben."),
    _new_contributions,
)
IMPORTED_TEXT = Verb("imported_text", By.OFFICE, _("Text geladen"), Told(_("Der Text wurde geladen.")))
PUBLISHED_TEXT = Verb(
    "published_text",
    By.OFFICE,
    _("Erste Fassung veröffentlicht"),
    Told(_("Die erste Fassung wurde veröffentlicht.")),
)
PUBLISHED_EDITION = Verb(
    "published_edition",
    By.OFFICE,
    _("Neue Fassung veröffentlicht"),
    Told(_("Eine neue Fassung wurde veröffentlicht.")),
    _("Eine neue Fassung des Textes ist da."),
)
TRANSLATED_TEXT = Verb(
    "translated_text",
    By.OFFICE,
    _("Text übersetzt"),
    Told(_("Der Text steht jetzt auch in einer anderen Sprache da.")),
)

PASSAGE_DROPPED = Event("passage_dropped", _("Die Stelle, um die es ging, steht nicht mehr in der neuen Fassung."))
NEXT_EDITION = Event("next_edition", _("Die Stelle steht jetzt in einer neuen Fassung."))
