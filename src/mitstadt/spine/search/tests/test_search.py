"""Search finds German words in any form, forgives typing errors, and shows nothing that is not public."""

import pytest
from trial_format import contribution, running_process

from cast import NOW, ida, jörg
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.models import Record
from mitstadt.spine.search.results import Filters, search
from mitstadt.spine.search.words import distance

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench():
    return contribution(running_process(), actor=jörg(), body="Mehr Bänke im Schatten der alten Bäume, bitte.")


def found(text, **filters):
    return [hit.record.pk for hit in search(text, language="de", filters=Filters(**filters)).hits]


@pytest.mark.parametrize("typed", ["Bank", "bänke", "BÄNKEN", "Baum", "Bäumen alt", "Schatt"])
def test_a_word_is_found_in_any_form(bench, typed):
    assert found(typed) == [bench.pk]


@pytest.mark.parametrize("typed", ["Schaten", "Schattne", "Bäumne"])
def test_a_mistyped_word_is_found_and_the_page_says_so(bench, typed):
    results = search(typed, language="de")

    assert [hit.record.pk for hit in results.hits] == [bench.pk]
    assert results.guessed == (typed,)


def test_every_word_must_occur(bench):
    assert found("Bänke Schatten") == [bench.pk]
    assert found("Bänke Parkplatz") == []


def test_what_is_withdrawn_or_erased_is_not_found(bench):
    remark = comment(bench, actor=ida(), text="Unter den Kastanien.", now=NOW)
    assert found("Kastanien") == [remark.pk]

    withdraw(remark, actor=ida(), now=NOW)
    erase(bench, actor=jörg(), now=NOW)

    assert found("Kastanien") == []
    assert found("Bänke") == []


def test_a_draft_is_not_found(bench):
    Record.objects.filter(pk=bench.pk).update(state="draft")

    assert found("Bänke") == []


def test_results_are_narrowed_by_kind_and_answer(bench):
    remark = comment(bench, actor=ida(), text="Bänke mit Lehne.", now=NOW)

    assert found("Bänke", kind="comment") == [remark.pk]
    assert found("Bänke", answer_state="taken_up") == []


@pytest.mark.parametrize(
    "typed",
    ['"', "' OR 1=1 --", "* AND", "NEAR(", "bank*) OR (a", "\x00bank", "a" * 5_000, "🌳", "col:bank", "^", "- -", "%"],
)
def test_operators_quotes_and_nonsense_are_words_like_any_other(bench, typed):
    results = search(typed, language="de")

    assert all(hit.record.pk == bench.pk for hit in results.hits)


def test_the_words_around_the_place_are_shown_and_marked(bench):
    [hit] = search("Bäume", language="de").hits

    assert [run.text for run in hit.snippet if run.found] == ["Bäume, "]


def test_a_title_weighs_more_than_a_text(bench):
    process = running_process(title="Bänke für alle?")

    assert found("Bänke")[0] == process.pk


def test_the_number_of_queries_does_not_grow_with_the_hits(bench, django_assert_max_num_queries):
    for number in range(30):
        contribution(bench.process, actor=jörg(), body=f"Bänke Nummer {number}")

    with django_assert_max_num_queries(5):
        results = search("Bänke", language="de")

    assert (len(results.hits), results.page.paginator.count) == (20, 31)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("radweg", "radweg", 0), ("radewg", "radweg", 1), ("radwg", "radweg", 1), ("haus", "platz", 3)],
)
def test_the_distance_of_words_counts_edits_and_swaps(one, other, edits):
    assert distance(one, other, most=2) == min(edits, 3)
