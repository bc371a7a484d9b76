"""Two editors of one text, in real threads: neither loses what the other wrote."""

import pytest

from cast import NOW, malik
from mitstadt.participation.drafting.actions.working_copy import begin_next_edition, insert_after
from mitstadt.participation.drafting.models import Shape
from mitstadt.participation.drafting.tests.builders import opened
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.conftest import shared_database  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_edit_a_text_at_once_lose_no_passage(shared_database):  # noqa: F811  # the fixture
    text, who = opened(), malik()
    begin_next_edition(text, actor=who, now=NOW)
    shared_database()

    def adding(words):
        return lambda: insert_after(
            text, actor=who, after_id=None, level=2, shape=Shape.PARAGRAPH, words=words, now=NOW
        )

    results = at_once([adding(f"Neu {number}.") for number in range(4)])

    assert [one for one in results if one is not None] == []
    assert seen_there(lambda: text.working_passages.filter(words__startswith="Neu").count()) == 4
