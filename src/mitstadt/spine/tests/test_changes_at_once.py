"""What two do at once to an open process happens once, and leaves no false word; with real threads."""

import pytest

from cast import AFTER_THE_PHASE, NOW, jörg, malik, person, petra, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions.amendments import amend, confirm, decline
from mitstadt.spine.actions.processes import declare_promise_kept
from mitstadt.spine.actions.records import publish_record
from mitstadt.spine.amending import CANCEL
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Amendment, Commitment, Process
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.trial_format import TRIED, TrialRecord, part_in, running_process

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Der Anlass ist entfallen."


def test_two_who_confirm_and_one_who_declines_at_once_do_one_thing(shared_database):
    process = running_process()
    made = amend(process, CANCEL, actor=malik(), after={"stage": "closed"}, reason=WHY, now=NOW)
    third = with_role(person("Ute"), Role.OWNER)
    seconds = [petra(), third]
    shared_database()

    results = at_once(
        [
            *(lambda who=who: confirm(Amendment.objects.get(pk=made.pk), actor=who, now=NOW) for who in seconds),
            lambda: decline(Amendment.objects.get(pk=made.pk), actor=third, now=NOW),
        ]
    )

    assert sum(isinstance(one, Refused) for one in results) == 2, results
    cancelled = seen_there(lambda: Process.objects.get(pk=process.pk).cancelled_at is not None)
    assert seen_there(lambda: Act.objects.filter(verb="cancelled").count()) == int(cancelled)


def test_a_contribution_and_the_word_that_all_are_answered_at_once_never_leave_a_false_word(shared_database):
    """Whichever comes first: what waits is not called kept."""
    process, who, leader = running_process(), jörg(), malik()
    part = part_in(process)
    shared_database()

    def say():
        words = TrialRecord(body="Mehr Bänke.", room=process, part=part, author=who.person)
        publish_record(words, actor=who, verb=TRIED, now=AFTER_THE_PHASE)

    def declare():
        declare_promise_kept(Process.objects.get(pk=process.pk), actor=leader, now=AFTER_THE_PHASE)

    results = at_once([say, declare])

    unexpected = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert not unexpected, unexpected
    assert not seen_there(lambda: Commitment.objects.get(process=process).kept_at)
