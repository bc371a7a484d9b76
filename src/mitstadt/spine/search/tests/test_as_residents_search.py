"""Search finds what people mean: pieces of compounds, other words for the same, themes, addresses as they are typed."""

import pytest

from cast import NOW, jörg, malik
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.models import Translation
from mitstadt.spine.search import synonyms
from mitstadt.spine.search.indexing import refresh_entry
from mitstadt.spine.search.results import search
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def said():
    """One contribution for each of some words."""
    process = running_process()
    words = ("Ein Winterspielplatz wäre schön.", "Der Brunnen läuft nicht.", "Die Müllerstraße ist zu laut.")
    return [contribution(process, actor=jörg(), body=body) for body in words]


def found(text):
    return [hit.record.pk for hit in search(text, language="de").hits]


@pytest.mark.parametrize("typed", ["Spielplatz", "Spielplätze", "Winterspielplatz", "Winter"])
def test_a_word_is_found_inside_a_compound(said, typed):
    assert found(typed) == [said[0].pk]


@pytest.mark.parametrize("typed", ["Trinkbrunnen", "Springbrunnen"])
def test_a_compound_that_nobody_wrote_is_found_by_what_it_is(said, typed):
    assert said[1].pk in found(typed)


def test_a_short_word_is_not_looked_for_inside_others(said):
    assert found("Ort") == []


@pytest.mark.parametrize("typed", ["Müllerstraße 10", "Müllerstr. 10a", "Müllerstraße 10, 13353"])
def test_a_house_number_and_a_postcode_narrow_nothing_beside_a_street(said, typed):
    assert said[2].pk in found(typed)


def test_a_number_alone_is_still_looked_for():
    one = contribution(running_process(), actor=jörg(), body="Die 30 reicht.")

    assert found("30") == [one.pk]


@pytest.mark.parametrize("typed", ["Lärm", "noise", "fountain", "Wasserspender"])
def test_words_that_mean_the_same_are_found(said, typed):
    contribution(running_process(), actor=jörg(), body="Der Krach nachts.")

    assert len(found(typed)) == 1


def test_a_city_adds_words_of_its_own(said, settings, tmp_path):
    own = tmp_path / "words.txt"
    own.write_text("# Ours\nPlumpe, Brunnen\n", encoding="utf-8")
    settings.SYNONYMS = str(own)
    synonyms._groups.cache_clear()
    try:
        assert found("Plumpe") == [said[1].pk]
    finally:
        synonyms._groups.cache_clear()


def test_a_theme_is_found_as_soon_as_it_is_given(said):
    set_theme(said[1].part, [said[1]], actor=malik(), theme="Barrierefreiheit", now=NOW)

    assert found("barrierefrei") == [said[1].pk]

    set_theme(said[1].part, [said[1]], actor=malik(), theme="", now=NOW)
    assert found("Barrierefreiheit") == []


def test_words_of_a_translation_find_the_german_text(said):
    Translation.objects.create(record=said[1], language="en", body="The drinking well does not run.")
    refresh_entry(said[1])

    assert found("wells") == [said[1].pk]
