"""The search has a text as it reads now: its newest edition once, words before headings, and what is proposed."""

import pytest

from cast import LATER, NOW, ida, malik
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.working_copy import PassageEdit, begin_next_edition, revise
from mitstadt.participation.drafting.models import Passage
from mitstadt.participation.drafting.tests.builders import opened, passage, wording_for
from mitstadt.spine.search.results import search

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


def found(text, kind=Passage.KIND):
    return [hit.record for hit in search(text, language="de").hits if hit.record.kind == kind]


def test_words_stand_before_the_heading_that_only_names_them():
    opened()

    assert [record.body[:5] for record in found("Wege")] == ["Radfa", "Wege"]


def test_the_newest_edition_alone_is_found():
    text = opened()
    old = passage(text, "Für Kinder")
    begin_next_edition(text, actor=malik(), now=NOW)
    row = text.working_passages.get(words__startswith="Radfahrende")
    revise(text, actor=malik(), edits=[PassageEdit(row.pk, words="Alle gehen langsam.")], now=NOW)
    publish_edition(text, actor=malik(), now=LATER)

    assert [record.pk for record in found("Kinder")] == [passage(text, "Für Kinder").pk] != [old.pk]
    assert found("Radfahrende") == []


def test_a_proposed_wording_is_found():
    text = opened()
    wording_for(passage(text, "Für Kinder"), "Für Kinder gibt es einen Kletterfelsen.", actor=ida())

    assert len(found("Kletterfelsen", kind="contribution")) == 1
