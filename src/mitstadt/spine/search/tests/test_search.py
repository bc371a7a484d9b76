"""Search finds German words in any form, forgives typing errors, and shows nothing that is not public."""

from dataclasses import replace

import pytest

from cast import NOW, ida, jörg
from mitstadt.ground.areas.models import Area
from mitstadt.spine import kinds
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.models import Record
from mitstadt.spine.search.results import Filters, search
from mitstadt.spine.search.words import distance
from mitstadt.spine.tests.trial_format import TRIAL_KIND, contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


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


def test_only_what_an_answer_is_owed_to_waits_for_one(bench):
    comment(bench, actor=ida(), text="Bänke mit Lehne.", now=NOW)

    assert found("Bänke", answer_state="none") == [bench.pk]


def test_a_kind_brings_what_narrows_a_search_for_it(bench):
    other = contribution(bench.home, actor=ida(), body="Bänke mit Lehne.")
    of_whom = kinds.SearchFilter("wer", "Von", (), lambda name: Record.objects.filter(author__display_name=name))

    assert found("Bänke", own=((of_whom, "Ida"),)) == [other.pk]
    assert found("Bänke", own=((of_whom, "Ida' OR 1=1 --"),)) == []


def test_a_kind_says_how_much_a_hit_in_it_counts(bench, monkeypatch):
    remark = comment(bench, actor=ida(), text="Bänke, Bänke.", now=NOW)
    assert found("Bänke") == [remark.pk, bench.pk]

    monkeypatch.setitem(kinds._kinds, "trial", replace(TRIAL_KIND, weight=20.0))

    assert found("Bänke") == [bench.pk, remark.pk]


@pytest.mark.parametrize(
    "typed",
    ['"', "' OR 1=1 --", "* AND", "NEAR(", "bank*) OR (a", "\x00bank", "a" * 5_000, "🌳", "col:bank", "^", "- -", "%"],
)
def test_operators_quotes_and_nonsense_are_words_like_any_other(bench, typed):
    results = search(typed, language="de")

    assert all(hit.record.pk == bench.pk for hit in results.hits)


def marked(runs):
    return "".join(f"[{run.text}]" if run.found else run.text for run in runs)


def test_a_text_without_a_title_is_called_by_its_first_words_and_only_words_are_marked(bench):
    [hit] = search("Bäume", language="de").hits

    assert marked(hit.title) == "Mehr Bänke im Schatten der alten [Bäume], bitte."
    assert hit.snippet == ()


def test_a_long_text_goes_on_below_its_title_around_the_place(bench):
    body = " ".join(["Vorne"] * 12 + ["dann"] * 20 + ["die", "(Kastanie)", "und", "mehr"] + ["hinten"] * 60)
    contribution(bench.room, actor=jörg(), body=body)
    [hit] = search("Kastanien", language="de").hits

    assert marked(hit.title) == " ".join(["Vorne"] * 12) + " …"
    assert marked(hit.snippet).startswith("… dann dann dann dann dann dann dann die ([Kastanie]) und mehr hinten")
    assert marked(hit.snippet).endswith("hinten …")


def test_a_record_with_a_title_keeps_it(bench):
    running_process(title="Kastanien?")
    [hit] = search("Kastanie", language="de").hits

    assert marked(hit.title) == "[Kastanien]?"


def test_results_are_narrowed_by_area_and_by_whether_the_process_still_runs(bench):
    mitte = Area.objects.create(
        slug="mitte", scheme="city", official_id="1", level="district", path="0001", search_key="mitte", valid_from=NOW
    )
    Record.objects.filter(pk=bench.pk).update(area=mitte)

    assert found("Bänke", area=mitte, stage="open") == [bench.pk]
    assert found("Bänke", stage="closed") == []
    Record.objects.filter(pk=bench.pk).update(area=None)
    assert found("Bänke", area=mitte) == []


def test_a_title_weighs_more_than_a_text(bench):
    process = running_process(title="Bänke für alle?")

    assert found("Bänke")[0] == process.pk


def test_the_number_of_queries_does_not_grow_with_the_hits(bench, django_assert_max_num_queries):
    for number in range(30):
        contribution(bench.room, actor=jörg(), body=f"Bänke Nummer {number}")

    with django_assert_max_num_queries(5):
        results = search("Bänke", language="de")

    assert (len(results.hits), results.page.paginator.count) == (20, 31)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("radweg", "radweg", 0), ("radewg", "radweg", 1), ("radwg", "radweg", 1), ("haus", "platz", 3)],
)
def test_the_distance_of_words_counts_edits_and_swaps(one, other, edits):
    assert distance(one, other, most=2) == min(edits, 3)


def test_of_a_word_that_occurs_everywhere_the_newest_are_shown_and_the_process_stands_on_top(monkeypatch):
    monkeypatch.setattr("mitstadt.spine.search.results.MOST_HITS", 3)
    process = running_process(title="Wohin mit den Laternen?")
    said = [contribution(process, actor=jörg(), body=f"Laternen an Stelle {number}.") for number in range(5)]

    results = search("Laterne", language="de")

    assert results.is_cut
    assert results.hits[0].record.pk == process.pk
    assert {hit.record.pk for hit in results.hits[1:]} <= {one.pk for one in said[2:]}
