"""A person corrects the preview of an outline, and every passage has a fresh number afterwards."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text import outline as o

TEXT = "Plan\n\nWir wollen viel. Wir wollen es bald.\n\nZiele\n\nMehr Grün für alle.\n\nWege\n\nKurze Wege für alle."


@pytest.fixture
def plan():
    return o.read_text(TEXT)


def shown(outline):
    return [(p.ref, p.level, p.kind, p.text) for p in outline.passages]


def test_a_heading_moved_down_takes_its_passages_along(plan):
    changed = o.set_level(plan, 4, 3)

    assert shown(changed)[4:] == [("1.1", 3, "heading", "Wege"), ("1.1-1", 3, "paragraph", "Kurze Wege für alle.")]


def test_a_passage_is_split_and_joined_again(plan):
    halves = o.split(plan, 1, len("Wir wollen viel."))

    assert [p.text for p in halves.passages][1:3] == ["Wir wollen viel.", "Wir wollen es bald."]
    assert [p.ref for p in halves.passages][1:3] == ["0-1", "0-2"]
    assert o.join(halves, 1).passages == plan.passages


def test_a_dropped_heading_leaves_its_text_to_the_section_before(plan):
    assert shown(o.drop(plan, 4))[-1] == ("1-2", 2, "paragraph", "Kurze Wege für alle.")


def test_several_edits_of_one_form_use_the_positions_that_the_person_saw(plan):
    edits = [
        o.Edit(1, drop=True),
        o.Edit(2, text="Unsere Ziele"),
        o.Edit(3, split_at=(5,)),
        o.Edit(4, kind="paragraph"),
    ]

    assert [p.text for p in o.apply_edits(plan, edits).passages] == [
        "Plan",
        "Unsere Ziele",
        "Mehr",
        "Grün für alle.",
        "Wege",
        "Kurze Wege für alle.",
    ]


def test_furniture_is_dropped_only_when_asked():
    outline = o.read_text(f"Zum Inhalt springen\n\n{TEXT}\n\nKommentare")

    assert len(outline.passages) - len(o.drop_furniture(outline).passages) == 2


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (o.Edit(99), "text_no_such_passage"),
        (o.Edit(-1), "text_no_such_passage"),
        (o.Edit(1, level=0), "text_level_outside"),
        (o.Edit(1, kind=cast("Any", "poem")), "text_kind_unknown"),
        (o.Edit(1, text="  "), "text_passage_empty"),
        (o.Edit(1, split_at=(0,)), "text_split_outside"),
        (o.Edit(1, split_at=(500,)), "text_split_outside"),
        (o.Edit(5, join_next=True), "text_nothing_to_join"),
    ],
)
def test_an_edit_that_cannot_be_done_is_refused_with_a_sentence(plan, edit, code):
    with pytest.raises(MethodError) as caught:
        o.apply_edits(plan, [edit])

    assert caught.value.code == code


def test_the_numbers_of_the_text_itself_are_used_where_they_hold():
    outline = o.read_text("Vorwort\n\nGuten Tag.\n\n1 Ziele\n\nMehr.\n\n1.1 Grün\n\nViel.\n\n2 Wege\n\nKurz.")

    assert [p.ref for p in outline.passages if p.kind == "heading"] == ["A", "1", "1.1", "2"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["heading", "paragraph", "list_item", "furniture"]), st.integers(1, 4)),
        min_size=1,
        max_size=40,
    )
)
def test_refs_are_unique_whatever_the_outline(kinds):
    outline = o.renumber(o.Outline(tuple(o.Passage(level, kind, f"{n} Text") for n, (kind, level) in enumerate(kinds))))

    assert len({p.ref for p in outline.passages}) == len(kinds)
    assert all(p.ref for p in outline.passages)
