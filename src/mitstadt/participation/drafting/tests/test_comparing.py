"""Everyone can read what became of each passage between two editions."""

import re
from pathlib import Path

import pytest

from cast import NOW, malik
from mitstadt.methods.shared import cleaning
from mitstadt.methods.text import outline
from mitstadt.methods.text.outline.reading import KEPT_APART
from mitstadt.methods.text.outline.word.notices import SENTENCES
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.working_copy import (
    PassageEdit,
    begin_next_edition,
    insert_after,
    revise,
)
from mitstadt.participation.drafting.models import Shape
from mitstadt.participation.drafting.queries.comparing import Fate, compared_editions
from mitstadt.participation.drafting.tests.builders import opened
from mitstadt.participation.drafting.texts import READING_ERRORS, READING_NOTICES
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


def key(text, beginning):
    return text.working_passages.get(words__startswith=beginning).pk


def second_edition(text):
    """One passage split, one changed, two merged, one dropped, one new."""
    begin_next_edition(text, actor=malik(), now=NOW)
    cycling = "Radfahrende und Gehende kommen sich nicht in die Quere. "
    insert_after(
        text,
        actor=malik(),
        after_id=key(text, "Wege"),
        level=1,
        shape=Shape.PARAGRAPH,
        words="Es gibt Rampen.",
        now=NOW,
    )
    edits = [
        PassageEdit(key(text, "Radfahrende"), split_at=(len(cycling),)),
        PassageEdit(key(text, "Der Platz"), join_next=True),
        PassageEdit(key(text, "Wege"), words="Wege und Räder"),
        PassageEdit(key(text, "Aufenthalt"), drop=True),
    ]
    revise(text, actor=malik(), edits=edits, now=NOW)
    return publish_edition(text, actor=malik(), now=NOW, note="Neu.")


def fates(compared):
    return [(row.fate, row.new_words[:12] or row.old_words[:12]) for row in compared.rows if row.fate is not Fate.KEPT]


def test_every_passage_has_its_fate_in_the_order_of_the_text():
    text = opened()
    second_edition(text)

    assert fates(compared_editions(text, older=1, newer=2)) == [
        (Fate.DROPPED, "Aufenthalt"),
        (Fate.MERGED, "Der Platz lä"),
        (Fate.CHANGED, "Wege und Räd"),
        (Fate.NEW, "Es gibt Ramp"),
        (Fate.SPLIT, "Radfahrende "),
    ]


def test_editions_far_apart_are_compared_through_those_between():
    text = opened()
    second_edition(text)
    begin_next_edition(text, actor=malik(), now=NOW)
    revise(text, actor=malik(), edits=[PassageEdit(key(text, "Wege und"), words="Wege für alle")], now=NOW)
    publish_edition(text, actor=malik(), now=NOW, note="Noch einmal.")
    far = compared_editions(text, older=1, newer=3)

    assert (Fate.CHANGED, "Wege für all") in fates(far)
    assert (Fate.SPLIT, "Radfahrende ") in fates(far)
    assert fates(compared_editions(text, older=2, newer=3)) == [(Fate.CHANGED, "Wege für all")]


def test_a_comparison_takes_three_queries(django_assert_num_queries):
    text = opened()
    second_edition(text)

    with django_assert_num_queries(3):
        compared_editions(text, older=None, newer=None)


def test_anyone_reads_the_comparison_word_by_word(monkeypatch):
    on_day(monkeypatch)
    text = opened()
    second_edition(text)
    address = f"/texte/{text.ref}/vergleich/"
    page = visit().get(address).content.decode()

    assert "und Räder" in page
    assert page.count('class="compared__row') == len(compared_editions(text, older=1, newer=2).rows)
    assert visit().get(f"{address}?nur=aenderungen").content.decode().count('class="compared__row') == 5
    assert visit().get(f"{address}?von=2&bis=1").status_code == 404


def test_every_error_and_notice_of_the_reader_has_its_sentence():
    """The codes stand in the reader's sources; a new one without words fails here."""
    sources = [file for file in Path(outline.__file__).parent.rglob("*.py") if file.name != "editing.py"]
    words = "".join(file.read_text(encoding="utf-8") for file in sources)
    errors = set(re.findall(r'MethodError\(\s*"(\w+)"', words))
    notices = set(re.findall(r'Notice\("(\w+)"', words)) | {code for code, _sentence in KEPT_APART.values()}
    notices |= {*SENTENCES, *(code for code, _pattern, _sentence in cleaning.REMOVED), "stacked_marks"}

    assert len(errors) > 8
    assert len(notices) > 8
    assert errors - set(READING_ERRORS) == set()
    assert notices - set(READING_NOTICES) == set()
