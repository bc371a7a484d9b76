"""The named acts with which an open process is changed, in the order of a calm list, each with its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.spine import amending
from mitstadt.spine.actors import Actor
from mitstadt.spine.amending import Amending
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Part, Process, RoomStage
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.parts import taking_part_until


@dataclass(frozen=True)
class ChangePage:
    """One act: its name in the address, what it is called, what it means."""

    slug: str
    way: Amending
    title: str | Promise
    means: str | Promise


PAGES = (
    ChangePage(
        "berichtigen",
        amending.CORRECT,
        gettext_lazy("Frage und Erklärung berichtigen"),
        gettext_lazy("Für Schreibfehler und falsche Angaben. Was vorher dastand, bleibt zu lesen."),
    ),
    ChangePage(
        "gebiet",
        amending.CORRECT,
        gettext_lazy("Gebiet berichtigen"),
        gettext_lazy("Wenn die Beteiligung im falschen Bezirk oder Kiez steht."),
    ),
    ChangePage(
        "umgang",
        amending.CARE,
        gettext_lazy("Regel für das Ausblenden ändern"),
        gettext_lazy(
            "Ob eine Person oder zwei entscheiden, wenn etwas ausgeblendet wird. Zurück zu einer Person geht es nur zu "
            "zweit."
        ),
    ),
    ChangePage(
        "uebergeben",
        amending.HAND_OVER,
        gettext_lazy("An eine andere Stelle übergeben"),
        gettext_lazy("Die Zusage geht mit über. Wer die andere Stelle leitet, muss zustimmen."),
    ),
    ChangePage(
        "frueher-enden",
        amending.SHORTEN,
        gettext_lazy("Früher enden lassen"),
        gettext_lazy("Bis wann noch alle mitmachen. Was bis dahin gesagt ist, bleibt und bekommt seine Antwort."),
    ),
    ChangePage(
        "absagen",
        amending.CANCEL,
        gettext_lazy("Absagen"),
        gettext_lazy("Niemand macht mehr mit. Was schon gesagt ist, bleibt lesbar und bekommt seine Antwort."),
    ),
    ChangePage(
        "wieder-oeffnen",
        amending.REOPEN,
        gettext_lazy("Wieder öffnen"),
        gettext_lazy("Alles geht weiter, wo es aufhörte. Eine gehaltene Zusage gilt wieder als offen."),
    ),
)
_ENDS = (amending.SHORTEN, amending.CANCEL, amending.REOPEN)
BY_SLUG = {page.slug: page for page in PAGES}


@dataclass(frozen=True)
class Offer:
    """A line of the list."""

    title: str
    means: str
    href: str
    by_two: bool = False


def changes_on_offer(process: Process, parts: Iterable[Part], *, actor: Actor, now: datetime) -> list[Offer]:
    """What this person can change here as it stands; nothing that is over."""
    return [*_of_process(process, actor, now), *_of_parts(process, parts), *_of_the_end(process, actor, now)]


def _of_process(process: Process, actor: Actor, now: datetime) -> list[Offer]:
    before_the_end = [page for page in PAGES if page.way not in _ENDS]
    offers = [_offer(process, page) for page in before_the_end if permit(actor, page.way.deed, process, now=now)]
    if permit(actor, Deed.CHANGE_COMMITMENT, process, now=now):
        title, means = _("Zusage ändern"), _("Jeden Satz der Zusage, auch den Tag der Antwort.")
        offers.insert(0, Offer(title, means, reverse("host_commitment", args=[process.ref]), by_two=True))
    return offers


def _of_parts(process: Process, parts: Iterable[Part]) -> list[Offer]:
    if process.stage != RoomStage.OPEN:
        return []
    means = _("Zeiten verlängern oder verschieben, Zugang und Prüfung enger oder weiter fassen.")
    return [
        Offer(_("Teil „%(title)s“ ändern") % {"title": part.title}, means, reverse("host_part", args=[part.ref]))
        for part in parts
        if part.is_up
    ]


def _of_the_end(process: Process, actor: Actor, now: datetime) -> list[Offer]:
    """While people take part, the time can be shortened; once it is over, the process is closed."""
    takes_part = taking_part_until(process, now=now) is not None
    pages = [page for page in PAGES if page.way in _ENDS and (takes_part or page.way is not amending.SHORTEN)]
    offers = [_offer(process, page) for page in pages if permit(actor, page.way.deed, process, now=now)]
    if process.stage == RoomStage.OPEN and not takes_part and permit(actor, Deed.CLOSE, process, now=now):
        means = _("Die Zeit zum Mitmachen ist vorbei. Sie sagen, was herauskam; alles bleibt lesbar.")
        offers.insert(0, Offer(_("Abschließen"), means, reverse("host_close", args=[process.ref])))
    return offers


def _offer(process: Process, page: ChangePage) -> Offer:
    href = reverse("host_change", args=[process.ref, page.slug])
    return Offer(str(page.title), str(page.means), href, by_two=page.way.by_two)
