"""Where a visitor of the demo city should look first, and in whose place; read from the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.people.models import Person, PersonKind
from mitstadt.site.demo.reading import PersonFacts, read_city
from mitstadt.site.demo.residents import MAIL_DOMAIN
from mitstadt.spine.formats import all_formats
from mitstadt.spine.models import Process
from mitstadt.spine.stage import Place


@dataclass(frozen=True)
class Seat:
    """Someone in whose place a visitor may look at the city."""

    key: str
    name: str
    says: str


def seats() -> tuple[Seat, ...]:
    """Those of the cast that the demo offers, in the language of the page."""
    in_english = (get_language() or "").startswith("en")
    return tuple(Seat(facts.key, facts.name, facts.shown_en if in_english else facts.shown) for facts in _shown())


def person_in(key: str) -> Person | None:
    """The person who sits there; only those of the cast, and only in a demo."""
    facts = next((facts for facts in _shown() if facts.key == key), None)
    if facts is None or not settings.DEMO:
        return None
    if facts.account:
        return Person.objects.filter(email=f"{facts.key}@{MAIL_DOMAIN}").first()
    return Person.objects.filter(kind=PersonKind.CODE, display_name=facts.name).order_by("pk").first()


def places() -> tuple[Place, ...]:
    """The pages to begin with, as far as this demo city has them."""
    return tuple(_places())


def main_process() -> Process | None:
    """The process that most of the demo city is about."""
    story = read_city().stories[0]
    return Process.objects.filter(title=story.title, host__slug=story.host).order_by("pk").first()


def _shown() -> Iterator[PersonFacts]:
    return (facts for facts in read_city().people if facts.shown)


def _places() -> Iterator[Place]:
    yield Place(_("Die Startseite: was gerade offen ist, was versprochen wurde, was geschafft ist"), reverse("home"))
    process = main_process()
    if process is None:
        return
    for declared in all_formats():
        yield from declared.scene.places(process) if declared.scene else ()
    yield Place(_("Alle Zusagen der Stadt; eine ist überfällig"), reverse("promises"))
    yield Place(
        _("Der Arbeitsplatz: was zuerst fällig ist, zum Beispiel als Malik oder Frau Krüger"), reverse("workplace")
    )
