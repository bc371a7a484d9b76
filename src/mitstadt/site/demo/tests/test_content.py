"""The files of the demo city: what they say must fit together before anything is built from them."""

import pytest

from mitstadt.site.demo.reading import read_city
from mitstadt.spine.models import Commitment


@pytest.fixture(scope="module")
def stories():
    return read_city().stories


def test_every_promise_is_whole_but_the_one_that_is_being_written(stories):
    for story in stories:
        filled = {name.replace("answer_by_day", "answer_by") for name in story.commitment}
        missing = set(Commitment.FIELDS) - filled
        assert missing == ({"what_is_fixed", "money"} if story.key == "winter" else set()), story.key


def test_only_a_format_with_a_scene_has_people_taking_part(stories):
    assert {story.key for story in stories if story.format is None} == {"winter"}
    assert [story.key for story in stories if story.phase and story.format is None] == []
