"""Every passage of a version is linked with what it came from and what it went into."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.tracing import Versioned, trace
from scale import scaled

A = "Die Stadt baut bis 2030 sichere Radwege an allen Schulen des Bezirks."
B = "Auf den Plätzen entstehen schattige Sitzgelegenheiten für ältere Menschen."
C = "Der Bezirk veröffentlicht jährlich einen Bericht über Lärm und Luft."
WORD = st.sampled_from(["stadt", "baut", "wege", "bäume", "luft", "lärm", "schule", "park", "kinder", "rat", "plan"])
PASSAGES = st.lists(st.lists(WORD, min_size=1, max_size=8).map(" ".join), max_size=10)
MIRROR = {"kept": "kept", "changed": "changed", "split": "merged", "merged": "split", "new": "dropped"}


def version(texts):
    return [Versioned(str(n), text) for n, text in enumerate(texts)]


def states(old, new):
    traced = trace(version(old), version(new))
    return [a.state for a in traced.arrivals], [d.state for d in traced.departures]


@given(PASSAGES)
def test_a_text_that_did_not_change_is_kept_passage_by_passage(texts):
    traced = trace(version(texts), version(texts))

    assert [(a.state, a.predecessors) for a in traced.arrivals] == [("kept", (str(n),)) for n in range(len(texts))]


@given(PASSAGES, PASSAGES)
def test_every_passage_of_both_versions_occurs_once_and_links_agree(old, new):
    traced = trace(version(old), version(new))

    assert [a.ref for a in traced.arrivals] == [str(n) for n in range(len(new))]
    assert [d.ref for d in traced.departures] == [str(n) for n in range(len(old))]
    links = {(link.old, link.new) for link in traced.links}
    assert links == {(p, a.ref) for a in traced.arrivals for p in a.predecessors}
    assert links == {(d.ref, s) for d in traced.departures for s in d.successors}


@given(PASSAGES, PASSAGES)
def test_swapping_the_versions_mirrors_what_happened(old, new):
    arrivals, departures = states(old, new)
    back_arrivals, back_departures = states(new, old)

    assert back_departures == [MIRROR[state] for state in arrivals]
    assert departures == [MIRROR[state] for state in back_arrivals]


def test_changed_new_and_dropped_passages_are_told_apart():
    new = [A.replace("2030", "2028"), "Ein Jugendrat wird im kommenden Frühjahr gewählt.", C]

    assert states([A, B, C], new) == (["changed", "new", "kept"], ["changed", "dropped", "kept"])


def test_a_passage_split_in_two_and_two_merged_into_one():
    long = f"{A} {B}"

    assert states([long, C], [A, B, C]) == (["split", "split", "kept"], ["split", "kept"])
    assert states([A, B, C], [long, C]) == (["merged", "kept"], ["merged", "merged", "kept"])


def test_moved_passages_are_kept():
    assert states([A, B, C], [C, A, B]) == (["kept"] * 3, ["kept"] * 3)


def test_repeated_headings_keep_to_their_sections():
    old = ["Ziele", A, "Ziele", B, "Ziele", C]
    traced = trace(version(old), version(old[2:]))

    assert [a.predecessors for a in traced.arrivals] == [("2",), ("3",), ("4",), ("5",)]


def test_a_reworded_heading_between_kept_passages_is_changed():
    assert states([A, "Unsere Ziele", B], [A, "Unser Ziel", B])[0] == ["kept", "changed", "kept"]


def test_what_the_editors_declare_counts_before_what_is_found():
    new = [Versioned("x", B, predecessors=("0",)), Versioned("y", A, predecessors=())]
    traced = trace(version([A, B]), new)

    assert [(a.state, a.predecessors) for a in traced.arrivals] == [("changed", ("0",)), ("new", ())]
    assert traced.departures[1].state == "dropped"


def test_unknown_origins_and_doubled_numbers_are_refused():
    with pytest.raises(MethodError, match="names 9 as its origin"):
        trace(version([A]), [Versioned("x", A, predecessors=("9",))])
    with pytest.raises(MethodError, match="stands for two passages"):
        trace([Versioned("1", A), Versioned("1", B)], [])


def test_very_many_passages_against_as_many_take_a_few_seconds():
    many = scaled(400, 2_000)
    chance = random.Random(3)
    words = ["".join(chance.choices("abcdefghij", k=chance.randint(2, 9))) for _ in range(3_000)]
    old = [" ".join(chance.choices(words, k=chance.randint(5, 80))) for _ in range(many)]
    new = [text.replace(" ", " neu ", 1) if chance.random() < 0.3 else text for text in old if chance.random() > 0.05]
    before = process_time()

    arrivals, _ = states(old, new)

    assert set(arrivals) == {"kept", "changed"}
    assert process_time() - before < 10
