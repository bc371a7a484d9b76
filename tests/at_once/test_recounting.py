"""Whatever is kept as a number can be counted anew: what is wrong is mended and told, what is right stays."""

import json

import pytest

from cast import NOW, ida, jörg, malik
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.site.commandline.__main__ import main
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.recounting import recount
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.actors import GUEST
from mitstadt.spine.models import Record, Tally
from mitstadt.spine.tasks import count_anew

pytestmark = pytest.mark.django_db
COUNTS = ("support_count", "guest_support_count", "comment_count", "thread_count", "further_authors")


@pytest.fixture
def said():
    """A contribution with everything that is counted: people, a guest, an author, a reply to what was taken back."""
    text = opened()
    made = comment_at(passage(text, "Der Platz"), actor=jörg())
    guest, _code = participant(GUEST, text.home, now=NOW)
    for who in (ida(), malik(), guest):
        support(made, actor=who, now=NOW)
    first = comment(made, actor=ida(), text="Wo?", now=NOW)
    comment(made, actor=jörg(), text="Am Brunnen.", reply_to=first, now=NOW)
    withdraw(first, actor=ida(), now=NOW)
    join(invite(made, actor=jörg(), now=NOW), actor=ida(), now=NOW)
    made.refresh_from_db()
    return made


def test_what_deeds_left_is_what_counting_finds(said):
    assert [getattr(said, name) for name in COUNTS] == [2, 1, 1, 1, 1]
    assert recount() == []


@pytest.mark.parametrize("name", COUNTS)
def test_a_wrong_count_of_a_record_is_mended_and_told_with_its_ref(said, name):
    right = getattr(said, name)
    Record.objects.filter(pk=said.pk).update(**{name: right + 7})

    [mended] = recount()

    assert (mended.where, mended.column, mended.difference) == (said.ref, name, -7)
    said.refresh_from_db()
    assert getattr(said, name) == right
    assert recount() == []


def test_what_a_passage_and_the_tallies_count_is_mended_too(said):
    type(said.passage).objects.filter(pk=said.passage_id).update(contribution_count=0)
    tally = Tally.objects.filter(place=said.passage_id, count=1).first()
    Tally.objects.filter(pk=tally.pk).update(count=5)

    assert sorted((one.counts, one.difference) for one in recount()) == [("contributions", 1), ("tallies", -4)]

    assert recount() == []
    assert Tally.objects.get(pk=tally.pk).count == 1


def test_the_night_mends_what_is_wrong_and_tells_the_operator(said, caplog):
    Record.objects.filter(pk=said.pk).update(support_count=9)

    count_anew.call()

    assert f"support_count of {said.ref} was wrong by -7" in caplog.text
    assert recount() == []


def test_the_command_says_what_was_wrong(said, capsys):
    assert main(["recount"]) == 0
    assert "All were right." in capsys.readouterr().out
    Record.objects.filter(pk=said.pk).update(support_count=9)

    assert main(["recount", "--json"]) == 0
    [told] = json.loads(capsys.readouterr().out)["mended"]
    assert (told["where"], told["difference"]) == (said.ref, -7)
