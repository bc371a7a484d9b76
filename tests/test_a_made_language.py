"""A language that nobody translated by hand, written from right to left: what still speaks German on a page was said
past the catalogues, and a page that does not turn round was laid out from left to right alone."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils.translation import trans_real

from mitstadt.ground.areas.models import Area
from mitstadt.ground.languages import OWN_NAMES
from mitstadt.ground.organisations.models import Organisation
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.tests.builders import opened, passage
from mitstadt.spine.kinds import all_kinds
from mitstadt.spine.models import Commitment, Record
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
CODE = "ar"
ABJAD = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyzäöüß", "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآ", strict=False)))
# What is put in later, and what is markup, stays as it is.
KEPT = re.compile(r"(%\([a-z_0-9]+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")
# Names of the house, marks and units: no language changes them.
NO_WORDS = re.compile(r"https?://\S+|Mitstadt|PDF|CSV|JSON|QR|Berlin|EUPL|[A-Z0-9]{4}-[A-Z0-9]{4}|Atom|iCal")
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNHEARD = {"script", "style", "template", "svg", "head"}


def made(words: str) -> str:
    """The words in letters that run the other way, with everything that is put in later where it was."""
    return "".join(
        part if KEPT.fullmatch(part) else part.lower().translate(ABJAD) for part in KEPT.split(words) if part
    )


class MadeCatalogue:
    """Answers as a catalogue of Django does, with made words for all it is asked."""

    plural = staticmethod(lambda number: int(number != 1))

    def gettext(self, words: str) -> str:
        return made(words.rpartition("\4")[2])

    def ngettext(self, one: str, many: str, number: int) -> str:
        return made((one if number == 1 else many).rpartition("\4")[2])

    def __getitem__(self, words: str) -> str:
        raise KeyError(words)

    def to_language(self) -> str:
        return CODE

    def language(self) -> str:
        return CODE


class Heard(HTMLParser):
    """The words of a page that are no person's: a person's words say their language or their direction."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.own: list[str] = []
        self._within: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        theirs = tag in UNHEARD or tag == "bdi" or given.get("dir") == "auto" or ("lang" in given and tag != "html")
        self._within.append(theirs or (bool(self._within) and self._within[-1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._within:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not (self._within and self._within[-1]):
            self.own += WORD.findall(NO_WORDS.sub("", data))


@pytest.fixture
def city(settings: Any, monkeypatch: pytest.MonkeyPatch) -> CoText:
    on_day(monkeypatch)
    text = opened()
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "العربية")]
    monkeypatch.setitem(vars(trans_real)["_translations"], CODE, MadeCatalogue())
    return text


def pages_of(text: CoText) -> list[str]:
    where = passage(text, "Für Kinder")
    return [
        "/",
        "/beteiligungen/",
        f"/beteiligungen/{text.home.ref}/",
        f"/beteiligungen/{text.home.ref}/beitraege/",
        f"/texte/{text.ref}/",
        f"/texte/{text.ref}/{where.ref}/",
        "/zusagen/",
        "/suche/?q=Bank",
        "/konto/login/",
        "/code/",
    ]


def said_by_people() -> set[str]:
    """All words that stand in the tables: what people typed is in their language."""
    rows = [row for model in (Record, Organisation, Commitment, Area) for row in model.objects.values()]
    return {word for row in rows for value in row.values() for word in WORD.findall(str(value))}


def of_no_catalogue() -> set[str]:
    """Languages are called by their own names; the kinds of the tests' own app speak German alone."""
    labels = [label for kind in all_kinds() for label in (kind.label, kind.labels) if isinstance(label, str)]
    return {word for label in [*OWN_NAMES.values(), *labels] for word in WORD.findall(label)}


def test_every_main_page_turns_round_and_says_nothing_past_the_catalogues(city: CoText) -> None:
    known = said_by_people() | of_no_catalogue()
    for path in pages_of(city):
        page = visit().get(f"/{CODE}{path}").content.decode()

        assert f'<html lang="{CODE}" dir="rtl">' in page, path
        assert not set(Heard(page).own) - known, (path, sorted(set(Heard(page).own) - known))
