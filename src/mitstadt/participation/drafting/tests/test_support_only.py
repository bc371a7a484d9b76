"""A text in whose second phase people can only support says so, and speaks of no words that nobody typed."""

from datetime import timedelta

import pytest

from cast import NOW, malik
from mitstadt.participation.drafting.tests.builders import imported, opened, passage
from mitstadt.spine.actions.parts import plan_phase
from mitstadt.spine.deeds import Deed
from visits import on_day, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(monkeypatch):
    on_day(monkeypatch)
    return opened()


def support_until(text, *, days):
    plan_phase(
        text,
        actor=malik(),
        title="Nur unterstützen",
        opens_at=NOW - timedelta(hours=1),
        closes_at=NOW + timedelta(days=days),
        deeds=[Deed.SUPPORT],
        reason="Es ist noch Zeit.",
        now=NOW,
    )


def page(address) -> str:
    return visit().get(address).content.decode()


def test_text_and_passage_say_what_is_over_and_what_is_still_possible(text):
    support_until(text, days=40)
    text.phases.exclude(title="Nur unterstützen").update(closes_at=NOW - timedelta(hours=2))
    place = passage(text, "Für Kinder")

    for words in (page(f"/texte/{text.ref}/"), page(f"/texte/{text.ref}/{place.ref}/")):
        assert "Das geht nicht mehr. Die Frist endete am" in words
        assert "Jetzt möglich: unterstützen bis" in words
        assert "Ihr Text ist noch da" not in words
    assert "nur lesen" not in page(f"/texte/{text.ref}/")


def test_the_last_day_beside_open_is_the_last_day_for_writing(text):
    before = page(f"/texte/{text.ref}/").split("<h1")[0]
    support_until(text, days=55)

    assert page(f"/texte/{text.ref}/").split("<h1")[0] == before


def test_when_all_is_over_the_text_is_there_to_read(text):
    text.phases.update(closes_at=NOW - timedelta(hours=2))

    assert "nur lesen" in page(f"/texte/{text.ref}/")
    assert "Jetzt möglich" not in page(f"/texte/{text.ref}/")


def test_who_loads_the_first_text_is_not_warned_of_one_that_is_not_there(monkeypatch):
    on_day(monkeypatch)
    text = imported()
    address = f"/texte/{text.ref}/vorbereiten/laden/"
    assert "Ein Text liegt schon bereit" in visit(malik()).get(address).content.decode()

    text.working_passages.all().delete()

    assert "Ein Text liegt schon bereit" not in visit(malik()).get(address).content.decode()
