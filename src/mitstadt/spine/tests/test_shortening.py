"""Nobody alone takes away time that everyone has read of: neither by new days nor by closing before the end."""

from datetime import timedelta
from typing import Any

import pytest

from cast import AFTER_THE_PHASE, LATER, NOW, changed_by_two, closed_early, jörg, malik, outcome, petra
from mitstadt.spine.actions.amendments import amend, confirm
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.parts import drop_phase, move_phase, plan_phase
from mitstadt.spine.actions.processes import close_process
from mitstadt.spine.amending import SHORTEN
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Amendment, Notice, Phase, RoomStage
from mitstadt.spine.queries.amendments import done_in
from mitstadt.spine.queries.parts import taking_part_until
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.queries.shortening import ending_at, stretch
from mitstadt.spine.tests.trial_format import part_in, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
WHY = "Es ist alles gesagt."
DAY = timedelta(days=1)


def phase() -> Phase:
    return Phase.objects.select_related("part__room").earliest("opens_at")


def planned(**days: Any) -> Phase:
    """One more stretch of time, announced to everyone."""
    days = {"opens_at": NOW + 10 * DAY, "closes_at": NOW + 20 * DAY, **days}
    return plan_phase(phase().part, actor=malik(), title="Noch einmal", reason=WHY, now=NOW, **days)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(-1, 29), (1, 30), (1, 60), (-1, 0)],
    ids=["ends sooner", "begins later", "is put off while it runs", "ends now"],
)
def test_one_person_alone_takes_no_time_away(opens, closes):
    running_process()
    days = {"opens_at": NOW + opens * DAY, "closes_at": NOW + closes * DAY}

    with pytest.raises(Refused, match="phase_after_answer" if closes == 60 else "shortening_takes_two"):
        move_phase(phase(), actor=malik(), reason=WHY, now=NOW, **days)

    assert phase().closes_at == NOW + 30 * DAY
    assert not Amendment.objects.exists()


def test_what_runs_is_not_put_off_by_one_alone_even_where_it_then_lasts_longer():
    running_process()

    with pytest.raises(Refused, match="shortening_takes_two"):
        move_phase(phase(), actor=malik(), opens_at=NOW + DAY, closes_at=NOW + 40 * DAY, reason=WHY, now=NOW)


def test_more_time_and_a_later_time_of_the_same_length_are_given_by_one_alone():
    running_process()
    later = planned()

    move_phase(phase(), actor=malik(), opens_at=NOW - DAY, closes_at=NOW + 31 * DAY, reason=WHY, now=NOW)
    move_phase(later, actor=malik(), opens_at=NOW + 12 * DAY, closes_at=NOW + 22 * DAY, reason=WHY, now=NOW)

    assert Amendment.objects.filter(what="move_phase").count() == 2


def test_an_announced_phase_is_dropped_by_two_and_one_that_runs_by_nobody():
    process = running_process()
    later = planned()
    with pytest.raises(Refused, match="shortening_takes_two"):
        drop_phase(later, actor=malik(), now=NOW)
    with pytest.raises(Refused, match="phase_begun"):
        changed_by_two(process, SHORTEN, after={"phases": [stretch(phase(), None, None)]})

    changed_by_two(process, SHORTEN, after={"phases": [stretch(later, None, None)]}, reason=WHY)

    assert list(part_in(process).phases.all()) == [phase()]
    assert Act.objects.get(verb="dropped_phase").details["reason"] == WHY
    assert check_records().sound


def test_two_end_a_process_sooner_what_runs_stops_then_and_what_comes_later_is_dropped():
    process = running_process()
    planned()
    follow(process, actor=jörg(), now=NOW)
    made = amend(
        process, SHORTEN, actor=malik(), after={"phases": ending_at(process, LATER, now=NOW)}, reason=WHY, now=NOW
    )
    assert phase().closes_at == NOW + 30 * DAY

    confirm(made, actor=petra(), now=NOW)

    assert [one.closes_at for one in Phase.objects.all()] == [LATER]
    assert taking_part_until(process, now=LATER) is None
    assert made in done_in(process)
    told = Act.objects.filter(verb__in=["shortened", "moved_phase", "dropped_phase"])
    assert sorted(told.values_list("verb", flat=True)) == ["dropped_phase", "moved_phase", "shortened"]
    assert {act.details["reason"] for act in told} == {WHY}
    assert Notice.objects.get(person=jörg().person).event == "shortened"
    assert check_records().sound


def test_days_changed_past_the_log_are_found_after_two_shortened_them():
    process = running_process()
    changed_by_two(process, SHORTEN, after={"phases": ending_at(process, LATER, now=NOW)})
    Phase.objects.update(closes_at=LATER + DAY)

    assert not check_records().sound


def test_an_end_that_is_over_when_the_second_person_says_yes_is_not_written_into_the_past():
    process = running_process()
    after = {"phases": ending_at(process, LATER, now=NOW)}
    made = amend(process, SHORTEN, actor=malik(), after=after, reason=WHY, now=NOW)

    with pytest.raises(Refused, match="end_is_over"):
        confirm(made, actor=petra(), now=LATER + DAY)


def test_a_proposal_falls_where_somebody_gave_more_time_meanwhile():
    process = running_process()
    after = {"phases": ending_at(process, LATER, now=NOW)}
    made = amend(process, SHORTEN, actor=malik(), after=after, reason=WHY, now=NOW)
    move_phase(phase(), actor=malik(), opens_at=NOW - DAY, closes_at=NOW + 31 * DAY, reason=WHY, now=NOW)

    with pytest.raises(Refused, match="amendment_outdated"):
        confirm(made, actor=petra(), now=NOW)


@pytest.mark.parametrize(
    ("closes", "why"), [(31, "takes_no_time_away"), (-2, "phase_ends_before_it_begins"), (-0.5, "end_is_over")]
)
def test_two_do_not_give_time_that_way_nor_write_what_never_was(closes, why):
    process = running_process()
    after = {"phases": [stretch(phase(), phase().opens_at, NOW + closes * DAY)]}

    with pytest.raises(Refused, match=why):
        amend(process, SHORTEN, actor=malik(), after=after, reason=WHY, now=NOW)


def test_nobody_closes_while_people_take_part_and_after_that_one_alone_says_what_came_of_it():
    process, other = running_process(), running_process(title="Was ist mit dem Markt?")
    for two in (malik(), petra()):
        with pytest.raises(Refused, match="closing_too_early"):
            close_process(process, actor=two, outcome=outcome(), now=NOW)

    close_process(process, actor=malik(), outcome=outcome(), now=AFTER_THE_PHASE)
    closed_early(other)

    assert process.stage == other.stage == RoomStage.CLOSED
    assert "reason" not in Act.objects.filter(verb="closed").first().details
