"""What came of a process is said when it closes, by whom and when it was decided, and changes only in public."""

from datetime import date, timedelta

import pytest

from cast import (
    AFTER_THE_PHASE,
    DECIDED_ON,
    LATER,
    NOW,
    assembly,
    changed_by_two,
    closed_early,
    ida,
    jörg,
    malik,
    office,
    outcome,
    petra,
)
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.outcomes import Outcome, correct_outcome
from mitstadt.spine.actions.processes import close_process, write_commitment
from mitstadt.spine.actions.rooms import close_room
from mitstadt.spine.amending import CANCEL, COMMITMENT, REOPEN
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Amendment, Decision, Link, Notice, Process, RecordState, RoomStage
from mitstadt.spine.own_verbs import CLOSED
from mitstadt.spine.queries.decisions import latest_decision, outcome_of, outcomes_in
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.tests.trial_format import running_process

pytestmark = pytest.mark.django_db
WHY = "Es ist alles gesagt."


def closed(**told) -> Process:
    return closed_early(running_process(), said=outcome(**told))


def test_closing_says_who_decided_what_and_when_and_the_log_promises_it():
    process = closed()

    found = outcome_of(process)
    assert found is not None
    assert (found.body, found.decided_by, found.decided_on) == (outcome().sentence, assembly(), DECIDED_ON)
    assert Act.objects.get(verb="closed").details["outcome"] == found.ref
    assert check_records().sound
    Decision.objects.update(decided_on=DECIDED_ON - timedelta(days=1))
    assert [(one.ref, one.field) for one in check_records().differences] == [(found.ref, "decided_on")]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("decided_in_future", {"on": NOW.date() + timedelta(days=1)}),
        ("text_missing", {"sentence": " \n "}),
        ("text_too_long", {"sentence": "Ja. " * 400}),
        ("link_of_no_page", {"link": "javascript:alert(1)"}),
    ],
)
def test_what_cannot_be_an_outcome_closes_nothing(reason, told):
    with pytest.raises(Refused, match=reason):
        closed(**told)

    assert not Decision.objects.exists()
    assert not Process.objects.filter(stage=RoomStage.CLOSED).exists()


def test_what_was_decided_today_can_be_told_today():
    found = outcome_of(closed(on=NOW.date()))

    assert found is not None
    assert found.decided_on == NOW.date()


def test_who_decides_nothing_in_the_city_can_neither_be_promised_nor_have_decided():
    club = office("Kegelverein", "kegelverein")
    process = running_process()

    with pytest.raises(Refused, match="decides_nothing"):
        close_process(process, actor=malik(), outcome=Outcome("Ja.", club, DECIDED_ON), now=AFTER_THE_PHASE)
    with pytest.raises(Refused, match="decides_nothing"):
        changed_by_two(process, COMMITMENT, after={"decided_by_id": club.slug})
    # The host decides about its own matters, whatever it is.
    changed_by_two(process, COMMITMENT, after={"decided_by_id": process.host.slug})
    process.commitment.refresh_from_db()
    assert process.commitment.decided_by == process.host


def test_the_day_of_the_decision_changes_in_public_and_may_be_open_again():
    process = running_process()

    changed_by_two(process, COMMITMENT, after={"decides_on": "2027-09-16"})
    process.commitment.refresh_from_db()
    assert process.commitment.decides_on == date(2027, 9, 16)
    assert check_records().sound
    changed_by_two(process, COMMITMENT, after={"decides_on": None}, reason="Die Sitzung fällt aus.")
    process.commitment.refresh_from_db()
    assert process.commitment.decides_on is None
    assert check_records().sound


def test_a_promise_from_the_time_of_words_alone_stays_complete_and_its_words_stay():
    process = running_process()
    promise = process.commitment
    promise.who_decides, promise.decided_by = "Der Ausschuss.", None
    promise.save()

    assert promise.missing_fields == ()


def test_a_commitment_in_preparation_takes_no_words_for_a_body():
    process = running_process()
    with pytest.raises(Refused, match="already_open"):
        write_commitment(process, actor=malik(), fields={"who_decides": "Irgendwer."}, now=NOW)


def test_a_correction_keeps_what_stood_there_and_why_it_changed():
    found = outcome_of(closed())

    correct_outcome(found, outcome("Es bleibt, wie es ist."), actor=petra(), reason="Verwechselt.", now=NOW)

    kept = Amendment.objects.get(what="outcome")
    assert kept.before["outcome"] == outcome().sentence
    assert kept.after["outcome"] == "Es bleibt, wie es ist."
    assert Act.objects.get(verb="corrected_outcome").details == {"reason": "Verwechselt."}
    assert check_records().sound
    with pytest.raises(Refused, match="unchanged"):
        correct_outcome(found, outcome("Es bleibt, wie es ist."), actor=petra(), reason="Noch einmal.", now=NOW)


def test_who_follows_the_process_hears_of_a_correction_and_sees_since_when_it_stands():
    process = closed()
    follow(process, actor=ida(), now=NOW)
    found = outcome_of(process)

    correct_outcome(found, outcome("Es bleibt, wie es ist."), actor=malik(), reason="Verwechselt.", now=LATER)

    assert Notice.objects.filter(event="corrected_outcome", person=ida().person).count() == 1
    found.refresh_from_db()
    assert found.changed_at == LATER


def test_only_who_leads_the_process_corrects_its_outcome():
    found = outcome_of(closed())

    with pytest.raises(Refused, match="needs_role"):
        correct_outcome(found, outcome("Nein."), actor=jörg(), reason="Ich sehe es anders.", now=NOW)
    found.refresh_from_db()
    assert found.body == outcome().sentence


def test_an_outcome_that_is_no_longer_public_is_told_nowhere_and_not_corrected():
    process = closed()
    found = outcome_of(process)
    Decision.objects.update(state=RecordState.HIDDEN)

    assert latest_decision(process) is None
    assert not outcomes_in([process])
    with pytest.raises(Refused, match="record_not_public"):
        correct_outcome(found, outcome("Nein."), actor=malik(), reason="Verwechselt.", now=NOW)


def test_a_process_that_is_cancelled_has_no_outcome_though_it_had_one_before():
    process = closed()
    changed_by_two(process, REOPEN, after={"stage": "open"})
    changed_by_two(Process.objects.get(pk=process.pk), CANCEL, after={"stage": "closed"})

    cancelled = Process.objects.get(pk=process.pk)
    assert cancelled.stage == RoomStage.CLOSED
    assert outcome_of(cancelled) is None
    assert not outcomes_in([cancelled])


def test_a_process_that_opens_again_has_no_outcome_and_the_next_one_replaces_the_first():
    process = closed()
    first = outcome_of(process)
    changed_by_two(process, REOPEN, after={"stage": "open"})
    process = Process.objects.get(pk=process.pk)
    assert outcome_of(process) is None

    close_process(process, actor=malik(), outcome=outcome("Nun doch anders."), now=NOW)

    second = outcome_of(process)
    assert second is not None
    assert second.body == "Nun doch anders."
    assert outcomes_in([Process.objects.get(pk=process.pk)]) == {process.pk: second}
    assert Link.objects.filter(source_id=second.pk, target_id=first.pk, type="replaces").exists()


def test_a_process_has_no_other_way_to_close():
    with pytest.raises(LookupError):
        close_room(running_process(), actor=malik(), verb=CLOSED, now=NOW)
