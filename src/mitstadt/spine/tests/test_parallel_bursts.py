"""A moderator judges a burst while its guests go on: everyone counts as it was decided, and counters agree."""

from functools import partial

import pytest
from django.db import transaction

from cast import NOW, ayşe, jörg
from mitstadt.spine.actions import bursts
from mitstadt.spine.actions.bursts import as_it_stands, judge_burst, welcome_guest
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.supports import end_support, support
from mitstadt.spine.actors import GUEST
from mitstadt.spine.models import Burst, ParticipationCode, Record, Turn
from mitstadt.spine.queries.turns import count_supports
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db(transaction=True)
LIBRARY = "203.0.113.7"


def arrives(said):
    """A new guest of this connection, who supports."""
    with transaction.atomic():
        actor, _code = participant(GUEST, said.home, now=NOW)
        actor = welcome_guest(actor, said.home, LIBRARY, now=NOW)
        support(said, actor=actor, now=NOW)
    return actor


def goes_on(said, actor):
    """A guest who was there supports one thing more."""
    with transaction.atomic():
        support(said, actor=as_it_stands(actor), now=NOW)


@pytest.mark.parametrize("counts", [True, False], ids=["counted", "not counted"])
def test_guests_come_and_go_while_their_burst_is_judged(shared_database, monkeypatch, counts):
    monkeypatch.setattr(bursts, "GUESTS_THAT_COUNT", 1)
    process = running_process()
    said, other = (contribution(process, actor=jörg()) for _ in range(2))
    held = [arrives(said) for _ in range(5)][1:]
    burst, moderator = Burst.objects.get(), ayşe()
    shared_database()

    results = at_once(
        [
            lambda: judge_burst(burst, actor=moderator, counts=counts, reason="Gesehen.", now=NOW),
            lambda: goes_on(other, held[0]),
            lambda: goes_on(other, held[1]),
            lambda: end_support(said, actor=held[2], now=NOW),
            lambda: arrives(said),
        ]
    )

    assert [one for one in results if isinstance(one, Exception)] == []
    for record in (said, other):
        assert seen_there(partial(_kept, record)) == seen_there(partial(_rows, record))
    assert seen_there(_stuck) == 0


def _kept(record):
    stands = Record.objects.get(pk=record.pk)
    return stands.support_count, stands.guest_support_count, stands.held_support_count


def _rows(record):
    counted = count_supports(record.pk)
    return counted.people, counted.guests, counted.held


def _stuck():
    """Who waits for a decision that was taken already."""
    decided = ParticipationCode.objects.filter(burst__decided_at__isnull=False)
    waiting = decided.filter(counting="held").count()
    return waiting + Turn.objects.filter(counting="held", person__in=decided.values("person")).count()
