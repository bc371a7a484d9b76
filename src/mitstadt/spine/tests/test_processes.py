"""A process opens only with a complete promise, and a promise never changes silently."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cast import AFTER_THE_PHASE, LATER, NOW, changed_by_two, jörg, malik, prepared_process
from mitstadt.spine.actions import processes
from mitstadt.spine.actions.amendments import amend
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.parts import move_phase, plan_part, plan_phase
from mitstadt.spine.amending import COMMITMENT
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, AnswerDecision, Commitment, Process, RoomStage
from mitstadt.spine.queries.parts import parts_of
from mitstadt.spine.queries.promises import PromiseState, promise_board
from mitstadt.spine.tests.trial_format import contribution, running_process, trial_part

pytestmark = pytest.mark.django_db
LAST_WEEK: dict[str, Any] = {
    "format_key": "trial",
    "title": "Sammeln",
    "opens_at": NOW - timedelta(days=7),
    "closes_at": NOW - timedelta(days=1),
}


@pytest.mark.parametrize("field", Commitment.FIELDS)
def test_a_process_does_not_open_while_one_field_of_the_commitment_is_empty(field):
    process = prepared_process()
    empty = None if field in {"answer_by", "decided_by_id"} else ""
    processes.write_commitment(process, actor=malik(), fields={field: empty}, now=NOW)

    with pytest.raises(Refused) as refusal:
        processes.open_process(process, actor=malik(), now=NOW)

    assert refusal.value.reason == "commitment_incomplete"
    assert Process.objects.get(pk=process.pk).stage == RoomStage.PREPARED


def test_a_process_does_not_open_without_a_phase():
    with pytest.raises(Refused, match="no_phase_planned"):
        processes.open_process(prepared_process(), actor=malik(), now=NOW)


def test_a_process_does_not_open_when_the_promised_day_or_all_time_to_take_part_is_over():
    late = running_process().commitment.answer_by + timedelta(days=1)
    process = prepared_process()
    plan_part(process, actor=malik(), **LAST_WEEK, now=NOW - timedelta(days=9))

    with pytest.raises(Refused, match="phases_over"):
        processes.open_process(process, actor=malik(), now=NOW)
    tomorrow = NOW.replace(year=late.year, month=late.month, day=late.day)
    move_phase(process.phases.get(), actor=malik(), opens_at=NOW, closes_at=tomorrow + timedelta(days=9), now=NOW)
    with pytest.raises(Refused, match="dates_clash") as refusal:
        processes.open_process(process, actor=malik(), now=tomorrow)
    assert "Der Tag für die Antwort an alle ist schon vorbei." in str(refusal.value.sentence)
    assert "„Sammeln“ geht bis 11. Juli 2027, die Antwort ist bis 1. Juli 2027" in str(refusal.value.sentence)


def test_a_process_holds_two_parts_of_one_format_each_with_phases_of_its_own():
    process = prepared_process()
    first, second = (plan_part(process, actor=malik(), **LAST_WEEK, now=NOW - timedelta(days=9)) for _ in range(2))
    plan_phase(
        second, actor=malik(), title="Nur unterstützen", opens_at=NOW, closes_at=LATER, now=NOW, deeds=[Deed.SUPPORT]
    )

    assert parts_of(process) == [first, second]
    assert [phase.title for phase in first.phases.all()] == ["Sammeln"]
    assert second.phases.get(title="Nur unterstützen").deeds == ["support"]


@pytest.mark.parametrize("deeds", [[], [Deed.ANSWER], [Deed.SUPPORT, Deed.OPEN]])
def test_a_phase_takes_nothing_that_its_format_does_not_open(deeds):
    part = trial_part(prepared_process())

    with pytest.raises(Refused, match="deed_not_of_format"):
        plan_phase(part, actor=malik(), title="Was?", opens_at=NOW, closes_at=LATER, now=NOW, deeds=deeds)


def test_the_database_itself_refuses_to_lock_an_incomplete_commitment():
    process = prepared_process()

    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(process=process).update(locked_at=NOW, money="")


def test_only_the_leading_role_of_the_host_opens_a_process():
    with pytest.raises(Refused, match="needs_role"):
        processes.open_process(prepared_process(), actor=jörg(), now=NOW)


def test_an_opened_commitment_cannot_be_written_silently():
    process = running_process()

    with pytest.raises(Refused, match="already_open"):
        processes.write_commitment(process, actor=malik(), fields={"money": "nichts"}, now=NOW)


def test_a_later_change_of_the_commitment_is_a_public_difference_with_a_reason():
    process = running_process()

    with pytest.raises(Refused, match="reason_missing"):
        amend(process, COMMITMENT, actor=malik(), after={"money": "300.000 Euro"}, reason=" ", now=NOW)
    changed_by_two(process, COMMITMENT, after={"money": "300.000 Euro"}, reason="Der Haushalt wurde gekürzt.")
    change = process.commitment.changes.get()

    assert (change.before, change.after) == ("400.000 Euro aus dem Haushalt 2028.", "300.000 Euro")
    act = Act.objects.get(verb="changed_commitment")
    assert act.details["reason"] == "Der Haushalt wurde gekürzt."
    assert act.actor == "ba-mitte"


def board_on(day):
    """The whole board as people read it that day."""
    return list(promise_board(now=day))


def test_a_promise_is_overdue_on_the_day_after_its_date_and_stands_first():
    late, early = running_process(), running_process(title="Wohin mit den Rädern?")
    changed_by_two(late, COMMITMENT, after={"answer_by": "2027-06-10"})

    on_the_day = board_on(NOW.replace(month=6, day=10))
    day_after = board_on(NOW.replace(month=6, day=11))

    assert {promise.process.pk: promise.state for promise in on_the_day}[late.pk] is PromiseState.DUE_SOON
    assert [promise.process.pk for promise in day_after] == [late.pk, early.pk]
    assert day_after[0].state is PromiseState.OVERDUE
    assert day_after[0].days_left == -1


def test_a_promise_is_not_kept_while_one_contribution_is_unanswered():
    process = running_process()
    said = contribution(process, actor=jörg())

    with pytest.raises(Refused, match="unanswered_left"):
        processes.declare_promise_kept(process, actor=malik(), now=AFTER_THE_PHASE)
    answer(
        [said],
        room=process,
        actor=malik(),
        decision=AnswerDecision.NOT,
        reason="Dort liegen Leitungen.",
        now=AFTER_THE_PHASE,
    )
    kept = processes.declare_promise_kept(process, actor=malik(), now=AFTER_THE_PHASE)

    assert kept.kept_at == AFTER_THE_PHASE


def test_the_promise_board_takes_five_queries_however_many_promises(django_assert_num_queries):
    for number in range(4):
        running_process(title=f"Frage {number}")

    with django_assert_num_queries(5):
        board = board_on(NOW + timedelta(days=3))

    assert len(board) == 4
