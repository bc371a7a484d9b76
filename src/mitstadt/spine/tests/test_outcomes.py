"""What came of a process is said when it closes, by whom and when it was decided, and changes only in public."""

from datetime import date, timedelta

import pytest

from cast import DECIDED_ON, NOW, assembly, changed_by_two, malik, office, outcome, petra
from mitstadt.spine.actions.outcomes import Outcome, correct_outcome
from mitstadt.spine.actions.processes import close_process, write_commitment
from mitstadt.spine.actions.rooms import close_room
from mitstadt.spine.amending import COMMITMENT, REOPEN
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Amendment, Decision, Link, Process, RoomStage
from mitstadt.spine.own_verbs import CLOSED
from mitstadt.spine.queries.decisions import outcome_of
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.tests.trial_format import running_process

pytestmark = pytest.mark.django_db
WHY = "Es ist alles gesagt."


def closed(**told) -> Process:
    return close_process(running_process(), actor=malik(), outcome=outcome(**told), reason=WHY, now=NOW)


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


def test_who_decides_nothing_in_the_city_can_neither_be_promised_nor_have_decided():
    club = office("Kegelverein", "kegelverein")
    process = running_process()

    with pytest.raises(Refused, match="decides_nothing"):
        close_process(process, actor=malik(), outcome=Outcome("Ja.", club, DECIDED_ON), reason=WHY, now=NOW)
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


def test_a_process_that_opens_again_has_no_outcome_and_the_next_one_replaces_the_first():
    process = closed()
    first = outcome_of(process)
    changed_by_two(process, REOPEN, after={"stage": "open"})
    process = Process.objects.get(pk=process.pk)
    assert outcome_of(process) is None

    close_process(process, actor=malik(), outcome=outcome("Nun doch anders."), reason=WHY, now=NOW)

    second = outcome_of(process)
    assert second is not None
    assert second.body == "Nun doch anders."
    assert Link.objects.filter(source_id=second.pk, target_id=first.pk, type="replaces").exists()


def test_a_process_has_no_other_way_to_close():
    with pytest.raises(LookupError):
        close_room(running_process(), actor=malik(), verb=CLOSED, now=NOW)
