"""A name that an office wrote into its own text, title or part goes too, from the log's contents as well."""

from __future__ import annotations

import pytest

from cast import LATER, NOW, ayşe, jörg, malik
from mitstadt.participation.drafting.actions.translations import translate_edition
from mitstadt.participation.drafting.tests.builders import comment_at, hosted, opened, passage
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.erasing import erasure_rows
from mitstadt.spine.actions.erasing_again import erase_again
from mitstadt.spine.models import ActContent, Erasure, Record, Translation
from mitstadt.spine.queries.record_check import check_records

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
WHY = "Name einer Person, die hier nichts zu suchen hat."


def told() -> str:
    return "".join(str(row.content) for row in ActContent.objects.all())


def what_does_not_fit() -> list[str]:
    found = check_records()
    return [*(one.sentence for one in found.differences), *found.unpromised]


def test_words_of_a_passage_go_from_the_act_of_its_edition_and_all_others_stay_promised():
    text = opened()
    where, beside = passage(text, "Der Platz"), passage(text, "Radfahrende")
    words = {where.number: "In the shade of Frau Nowak's limes.", beside.number: "Paths are level."}
    translate_edition(where.edition, actor=malik(), language="en", words=words, now=NOW)
    assert "Linden" in told()

    black_out(where, actor=ayşe(), words=["Schatten der Linden", "Frau Nowak"], reason=WHY, now=LATER)

    assert "Linden" not in told()
    assert "Nowak" not in told()
    assert what_does_not_fit() == []
    Record.objects.filter(pk=beside.pk).update(body="Radfahrende haben Vorrang.")
    Translation.objects.filter(record_id=where.pk).update(body="Nothing.")
    assert [(one.ref, one.field) for one in check_records().differences] == [
        (beside.ref, "body"),
        (where.ref, "body (en)"),
    ]


@pytest.mark.parametrize("of", ["part", "process"])
def test_words_of_a_part_and_of_a_process_go_from_the_act_that_opened_both(of):
    text = opened()
    record, words = {"part": (text, "Leitbild"), "process": (hosted(text), "Leopoldplatz")}[of]
    assert words in told()

    black_out(record, actor=ayşe(), words=[words], reason=WHY, now=LATER)

    kept = [row.content for row in ActContent.objects.all() if words in str(row.content)]
    assert not any(words in str(content.get("title")) for content in kept)
    assert what_does_not_fit() == []


def test_what_was_blacked_out_of_a_passage_stays_black_after_an_older_backup():
    where = passage(opened(), "Der Platz")
    comment_at(where, actor=jörg())
    before = where.body
    black_out(where, actor=ayşe(), words=["Linden"], reason=WHY, now=LATER)
    rows = erasure_rows()
    Erasure.objects.all().delete()
    Record.objects.filter(pk=where.pk).update(body=before)

    assert erase_again(rows, now=LATER) == 1

    assert "Linden" not in told()
    assert what_does_not_fit() == []
