"""“Kept” is said when the last phase is over and nothing waits; when something new waits, it is no longer so."""

from datetime import timedelta
from typing import Any

import pytest

from cast import AFTER_THE_PHASE, NOW, changed_by_two, ida, jörg, malik
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.parts import move_phase, open_part, plan_phase
from mitstadt.spine.actions.processes import declare_promise_kept
from mitstadt.spine.actions.records import change_state, publish_record
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.amending import CANCEL, COMMITMENT
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, AnswerDecision, Commitment, Notice, Record, RecordState
from mitstadt.spine.queries.promises import PromiseState, promise_board
from mitstadt.spine.tests.trial_format import TRIED, TrialRecord, contribution, part_in, running_process, trial_part

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
WHY = "Es gibt noch Fragen."


def kept(process):
    """The promise as kept, when everybody is done and answered."""
    follow(process, actor=ida(), now=NOW)
    waiting = list(Record.objects.filter(room=process, kind="trial", state=RecordState.PUBLISHED))
    if waiting:
        said: dict[str, Any] = {"decision": AnswerDecision.NOTED, "reason": "Danke."}
        answer(waiting, room=process, actor=malik(), now=AFTER_THE_PHASE, **said)
    return declare_promise_kept(process, actor=malik(), now=AFTER_THE_PHASE)


def is_kept(process) -> bool:
    return Commitment.objects.get(process=process).kept_at is not None


def assert_open_again(process):
    assert not is_kept(process)
    act = Act.objects.get(verb="promise_open_again", ref=process.ref)
    assert act.actor_kind == "system"
    assert Notice.objects.filter(person=ida().person, event="promise_open_again").count() == 1
    assert next(iter(promise_board(now=AFTER_THE_PHASE))).state is PromiseState.OVERDUE


def test_a_promise_is_not_kept_while_people_can_still_support_or_vote():
    process = running_process()
    part = part_in(process)
    later: dict[str, Any] = {
        "opens_at": NOW + timedelta(days=31),
        "closes_at": NOW + timedelta(days=50),
        "reason": WHY,
        "now": NOW,
    }
    plan_phase(part, actor=malik(), title="Nur unterstützen", deeds=[Deed.SUPPORT], **later)

    with pytest.raises(Refused, match="still_taking_part"):
        declare_promise_kept(process, actor=malik(), now=NOW + timedelta(days=40))
    assert declare_promise_kept(process, actor=malik(), now=NOW + timedelta(days=50))


def test_a_contribution_that_comes_late_opens_the_promise_again():
    process = running_process()
    kept(process)

    contribution(process, actor=jörg())

    assert_open_again(process)


def test_a_held_contribution_that_is_released_opens_it_again_and_not_before():
    process = running_process()
    held = TrialRecord(body="?", room=process, part=part_in(process), author=jörg().person, state=RecordState.HELD)
    publish_record(held, actor=jörg(), verb=TRIED, now=NOW)
    kept(process)
    assert is_kept(process)

    change_state(held, RecordState.PUBLISHED, now=AFTER_THE_PHASE)

    assert_open_again(process)


def test_an_answer_that_is_taken_away_opens_it_again():
    process = running_process()
    said = contribution(process, actor=jörg())
    kept(process)

    with recounted([said.pk]):
        Record.objects.filter(pk=said.pk).update(answer_state="", changed_at=AFTER_THE_PHASE)

    assert_open_again(process)


def test_a_hidden_contribution_that_comes_back_opens_it_again_and_hiding_does_not():
    process = running_process()
    said = contribution(process, actor=jörg())
    change_state(said, RecordState.HIDDEN, now=NOW)
    kept(process)
    assert is_kept(process)

    change_state(said, RecordState.PUBLISHED, now=AFTER_THE_PHASE)

    assert_open_again(process)


def test_another_answer_to_what_was_answered_changes_nothing():
    process = running_process()
    said = contribution(process, actor=jörg())
    kept(process)

    correct_answer(
        [said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Nein.", now=AFTER_THE_PHASE
    )

    assert is_kept(process)


@pytest.mark.parametrize("how", ["longer", "one more phase", "one more part"])
def test_new_time_to_take_part_opens_it_again_and_a_time_that_is_over_does_not(how):
    process = running_process()
    changed_by_two(process, COMMITMENT, after={"answer_by": "2028-01-01"})
    part, second = part_in(process), trial_part(process)
    kept(process)
    ends = AFTER_THE_PHASE + timedelta(days=9)
    when: dict[str, Any] = {"actor": malik(), "now": AFTER_THE_PHASE}
    phase = part.phases.get()
    past: dict[str, Any] = {"opens_at": phase.opens_at, "closes_at": phase.closes_at - timedelta(days=1)}
    move_phase(phase, **past, reason=WHY, **when)
    assert is_kept(process)

    if how == "longer":
        move_phase(phase, opens_at=phase.opens_at, closes_at=ends, reason=WHY, **when)
    elif how == "one more phase":
        plan_phase(part, title="Neu", opens_at=AFTER_THE_PHASE, closes_at=ends, reason=WHY, **when)
    else:
        move_phase(second.phases.get(), opens_at=phase.opens_at, closes_at=ends, **when)
        open_part(second, **when)

    assert not is_kept(process)
    assert Act.objects.filter(verb="promise_open_again").count() == 1


def test_a_released_promise_is_owed_again_when_paper_arrives_after_all():
    process = running_process()
    changed_by_two(process, CANCEL, after={"stage": "closed"})
    assert Commitment.objects.get(process=process).released_at

    contribution(process, actor=jörg())

    assert Commitment.objects.get(process=process).released_at is None
