"""What is open changes in public, with a reason; what weighs most takes two people."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cast import (
    AFTER_THE_PHASE,
    LATER,
    NOW,
    ayşe,
    changed_by_two,
    closed_early,
    ida,
    jörg,
    malik,
    office,
    person,
    petra,
    prepared_process,
    with_role,
)
from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.spine.actions.alerting import note_what_waits
from mitstadt.spine.actions.amendments import amend, confirm, decline
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.parts import move_phase, open_part, plan_part, plan_phase
from mitstadt.spine.actions.processes import declare_promise_kept
from mitstadt.spine.actions.rooms import add_host
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.alert_words import told as words_of
from mitstadt.spine.amending import (
    CANCEL,
    CARE,
    COMMITMENT,
    CORRECT,
    HAND_OVER,
    LESS_CARE,
    PART_CARE,
    REOPEN,
    SHORTEN,
    WAYS,
    Amending,
)
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Alert, Amendment, AnswerDecision, Notice, Phase, Process, Record, RoomStage
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.amendments import done_in, others_who_lead, waiting_for
from mitstadt.spine.queries.shortening import stretch
from mitstadt.spine.tests.trial_format import contribution, part_in, running_process, trial_part
from mitstadt.spine.verbs import for_followers

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
WHY = "Der Anlass ist entfallen."


def fresh(process):
    return Process.objects.get(pk=process.pk)


def closed(process):
    return closed_early(process)


def other_house():
    return office("Bezirksamt Pankow", "ba-pankow")


def values(way: Amending) -> dict[str, Any]:
    """Something new for each way."""
    new: dict[str, dict[str, Any]] = {
        CORRECT.key: {"title": "Wie wird der Leopoldplatz?"},
        CARE.key: {"four_eyes": True},
        LESS_CARE.key: {"four_eyes": False},
        PART_CARE.key: {"access": "account", "checks_first": True},
        COMMITMENT.key: {"money": "300.000 Euro"},
        CANCEL.key: {"stage": "closed"},
        REOPEN.key: {"stage": "open"},
        SHORTEN.key: {"phases": [stretch(phase, phase.opens_at, LATER) for phase in Phase.objects.all()]},
        HAND_OVER.key: {"host_id": other_house().pk},
    }
    return new[way.key]


def place_for(way: Amending):
    """An open process where the way is possible, or its part."""
    process = running_process()
    if way is REOPEN:
        closed(process)
    if way is LESS_CARE:
        Process.objects.filter(pk=process.pk).update(four_eyes=True)
    return part_in(process) if way.of_part else process


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_each_change_needs_the_leading_role_and_a_reason(way):
    place, after = place_for(way), values(way)

    for stranger in (jörg(), ayşe(), with_role(person("Eva"), Role.EDITOR)):
        with pytest.raises(Refused, match="needs_role"):
            amend(place, way, actor=stranger, after=after, reason=WHY, now=NOW)
    for nothing in ("", " ", "\u200b"):
        with pytest.raises(Refused, match="reason_missing"):
            amend(place, way, actor=malik(), after=after, reason=nothing, now=NOW)
    assert not Amendment.objects.filter(what=way.key).exists()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_further_host_changes_nothing_in_the_name_of_the_one_that_promised(way):
    place, after = place_for(way), values(way)
    home = place.home if way.of_part else place
    add_host(home, other_house(), actor=malik(), now=NOW)
    svenja = with_role(person("Svenja"), Role.OWNER, other_house())

    with pytest.raises(Refused, match="needs_role"):
        amend(place, way, actor=svenja, after=after, reason=WHY, now=NOW)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_is_done_says_before_after_and_why_in_the_log_and_beside_the_record(way):
    place, after = place_for(way), values(way)
    made = amend(place, way, actor=malik(), after=after, reason=WHY, now=NOW)
    second = with_role(person("Svenja"), Role.OWNER, other_house()) if way is HAND_OVER else petra()
    if way.by_two:
        assert made.done_at is None
        assert not Act.objects.filter(verb=way.verb.key).exists()
        confirm(made, actor=second, now=LATER)

    made.refresh_from_db()
    act = Act.objects.get(verb=way.verb.key)
    assert made.done_at == act.at
    assert (act.details["reason"], act.details["people"]) == (WHY, 2 if way.by_two else 1)
    assert "Petra" not in str(act.details)
    home = place.home if way.of_part else place
    assert made in done_in(home)
    assert made.before != made.after


@pytest.mark.parametrize("way", [way for way in WAYS.values() if way.by_two], ids=lambda way: way.key)
def test_nobody_confirms_what_they_proposed_and_nobody_without_the_role_does(way):
    process = place_for(way)
    made = amend(process, way, actor=malik(), after=values(way), reason=WHY, now=NOW)
    if way is HAND_OVER:
        # Malik leads both houses.
        both = with_role(malik().person, Role.OWNER, other_house())
        with pytest.raises(Refused, match="proposed_yourself"):
            confirm(made, actor=both, now=NOW)
        with pytest.raises(Refused, match="needs_leading_role"):
            confirm(made, actor=petra(), now=NOW)
    else:
        with pytest.raises(Refused, match="proposed_yourself"):
            confirm(made, actor=malik(), now=NOW)
    for stranger in (jörg(), with_role(person("Eva"), Role.EDITOR)):
        with pytest.raises(Refused, match="needs"):
            confirm(made, actor=stranger, now=NOW)
        with pytest.raises(Refused, match="needs"):
            decline(made, actor=stranger, now=NOW)
    decline(made, actor=malik(), now=NOW)
    with pytest.raises(Refused, match="amendment_settled"):
        confirm(made, actor=petra(), now=NOW)
    assert not Act.objects.filter(verb=way.verb.key).exists()


def test_the_database_itself_refuses_one_person_as_both():
    made = amend(running_process(), CANCEL, actor=malik(), after={"stage": "closed"}, reason=WHY, now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=made.pk).update(confirmed_by=malik().person)


def test_one_proposal_of_a_kind_waits_and_one_that_no_longer_fits_is_not_done():
    process = running_process()
    made = amend(process, COMMITMENT, actor=malik(), after={"money": "Nichts."}, reason=WHY, now=NOW)
    with pytest.raises(Refused, match="amendment_waits"):
        amend(process, COMMITMENT, actor=malik(), after={"money": "Viel."}, reason=WHY, now=NOW)
    process.commitment.money = "Etwas anderes."
    process.commitment.save()

    with pytest.raises(Refused, match="amendment_outdated"):
        confirm(made, actor=petra(), now=NOW)
    decline(made, actor=petra(), now=NOW)
    assert changed_by_two(process, COMMITMENT, after={"money": "Viel."}).before == {"money": "Etwas anderes."}


def test_a_day_that_is_over_when_the_second_person_says_yes_is_not_promised():
    process = running_process()
    made = amend(process, COMMITMENT, actor=malik(), after={"answer_by": "2027-06-20"}, reason=WHY, now=NOW)

    with pytest.raises(Refused, match="answer_day_over"):
        confirm(made, actor=petra(), now=AFTER_THE_PHASE)


def test_a_part_that_nobody_sees_yet_holds_up_no_answer():
    process = running_process()
    planned = plan_part(
        process,
        actor=malik(),
        format_key="trial",
        title="Später",
        opens_at=NOW,
        closes_at=NOW + timedelta(days=90),
        now=NOW,
    )
    day = {"answer_by": "2027-07-10"}

    assert changed_by_two(process, COMMITMENT, after=day).done_at
    Record.objects.filter(pk=planned.pk).update(state="published")
    with pytest.raises(Refused, match="answer_before_phase_ends"):
        amend(process, COMMITMENT, actor=malik(), after={"answer_by": "2027-07-11"}, reason=WHY, now=NOW)


def test_unchanged_and_empty_promises_and_titles_without_words_are_refused():
    process = running_process()

    for way, after, reason in (
        (CORRECT, {"title": process.title}, "unchanged"),
        (CORRECT, {"title": " "}, "text_missing"),
        (COMMITMENT, {"money": ""}, "commitment_incomplete"),
        (COMMITMENT, {"answer_by": "2027-06-02"}, "answer_before_phase_ends"),
        (COMMITMENT, {"answer_by": "2027-05-01"}, "answer_day_over"),
        (HAND_OVER, {"host_id": 999_999}, "no_such_organisation"),
    ):
        with pytest.raises(Refused, match=reason):
            amend(process, way, actor=malik(), after=after, reason=WHY, now=NOW)


def test_a_cancelled_process_takes_nothing_more_and_owes_nothing_when_nobody_had_spoken():
    process = running_process()
    follow(process, actor=ida(), now=NOW)
    changed_by_two(process, CANCEL, after={"stage": "closed"}, reason=WHY)
    process = fresh(process)

    assert (process.stage, process.cancelled_at) == (RoomStage.CLOSED, NOW)
    assert process.commitment.released_at == NOW
    assert Notice.objects.filter(person=ida().person, event="cancelled").exists()
    with pytest.raises(Refused, match="not_open"):
        amend(process, CANCEL, actor=malik(), after={"stage": "closed"}, reason=WHY, now=NOW)


def test_what_was_said_before_a_process_was_cancelled_still_gets_its_answer():
    process = running_process()
    said = contribution(process, actor=jörg())
    changed_by_two(process, CANCEL, after={"stage": "closed"}, reason=WHY)
    assert fresh(process).commitment.released_at is None

    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=LATER)

    assert declare_promise_kept(fresh(process), actor=malik(), now=LATER).kept_at == LATER


def test_what_is_reopened_goes_on_and_a_kept_promise_is_open_again():
    process = running_process()
    closed(process)
    declare_promise_kept(process, actor=malik(), now=NOW)

    changed_by_two(process, REOPEN, after={"stage": "open"}, now=LATER)

    process = fresh(process)
    assert (process.stage, process.closed_at) == (RoomStage.OPEN, None)
    assert process.commitment.kept_at is None
    act = Act.objects.get(verb="promise_open_again")
    assert (act.ref, act.actor_kind) == (process.ref, "system")


def test_a_process_that_is_handed_over_is_led_and_answered_by_the_other_house():
    process = running_process()
    said = contribution(process, actor=jörg())
    add_host(process, other_house(), actor=malik(), now=NOW)
    svenja = with_role(person("Svenja"), Role.OWNER, other_house())
    made = amend(process, HAND_OVER, actor=malik(), after={"host_id": other_house().pk}, reason=WHY, now=NOW)
    assert [one for one, _room in waiting_for(svenja, now=NOW)] == [made]
    assert waiting_for(petra(), now=NOW) == []

    confirm(made, actor=svenja, now=LATER)

    process = fresh(process)
    assert (process.host, process.organisation, part_in(process).organisation) == (other_house(),) * 3
    assert not process.further_hosts.exists()
    given = answer([said], room=process, actor=svenja, decision=AnswerDecision.NOTED, reason="Danke.", now=LATER)
    assert given.organisation == other_house()
    with pytest.raises(Refused, match="needs_role"):
        answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Doch nicht.", now=LATER)


def test_tightened_access_holds_at_once():
    process = running_process()
    part = part_in(process)
    assert permit(GUEST, Deed.SUPPORT, part, "trial", now=NOW)

    amend(part, PART_CARE, actor=malik(), after={"access": "account", "checks_first": True}, reason=WHY, now=NOW)
    part = part_in(process)

    assert part.checks_first
    assert permit(GUEST, Deed.SUPPORT, part, "trial", now=NOW).reason == "needs_account"
    assert permit(jörg(), Deed.SUPPORT, part, "trial", now=NOW)
    with pytest.raises(Refused, match="conflict"):
        amend(part, PART_CARE, actor=malik(), after={"access": "friends"}, reason=WHY, now=NOW)


def test_times_that_everyone_has_read_change_only_with_a_reason_and_by_who_leads():
    phase = part_in(running_process()).phases.get()
    longer: dict[str, Any] = {"opens_at": phase.opens_at, "closes_at": phase.closes_at + (LATER - NOW), "now": NOW}

    with pytest.raises(Refused, match="reason_missing"):
        move_phase(phase, actor=malik(), **longer)
    with pytest.raises(Refused, match="needs_role"):
        move_phase(phase, actor=with_role(person("Eva"), Role.EDITOR), reason=WHY, **longer)
    with pytest.raises(Refused, match="phase_after_answer"):
        move_phase(phase, actor=malik(), reason=WHY, **{**longer, "closes_at": AFTER_THE_PHASE})
    move_phase(phase, actor=malik(), reason=WHY, **longer)

    made = Amendment.objects.get(what="move_phase")
    assert made.after["closes_at"] == longer["closes_at"].isoformat()
    assert Act.objects.get(verb="moved_phase").details["reason"] == WHY


def test_who_else_leads_is_counted_so_that_a_lone_leader_is_told_what_to_do():
    process = running_process()
    assert others_who_lead(process, actor=malik()) == 0
    petra()
    with_role(person("Eva"), Role.EDITOR)

    assert others_who_lead(process, actor=malik()) == 1


def test_a_draft_is_not_amended():
    with pytest.raises(Refused, match="room_not_open"):
        amend(prepared_process(), CORRECT, actor=malik(), after={"title": "Neu?"}, reason=WHY, now=NOW)


def test_a_promise_that_was_kept_stays_kept_when_the_process_is_cancelled():
    process = running_process()
    declare_promise_kept(process, actor=malik(), now=AFTER_THE_PHASE)

    changed_by_two(process, CANCEL, after={"stage": "closed"}, reason=WHY, now=AFTER_THE_PHASE)

    kept = fresh(process).commitment
    assert (kept.kept_at, kept.released_at) == (AFTER_THE_PHASE, None)


@pytest.mark.parametrize("way", [way for way in WAYS.values() if way.by_two], ids=lambda way: way.key)
def test_whoever_may_be_the_second_person_is_told_once_and_nobody_else(way):
    second = with_role(person("Svenja"), Role.OWNER, other_house()) if way is HAND_OVER else petra()
    outside = petra() if way is HAND_OVER else with_role(person("Eva"), Role.EDITOR)
    made = amend(place_for(way), way, actor=malik(), after=values(way), reason=WHY, now=NOW)

    note_what_waits(now=NOW)
    note_what_waits(now=LATER)

    told = Alert.objects.filter(kind="proposal", key=f"change-{made.pk}")
    assert [one.person for one in told] == [second.person]
    assert outside.person not in [one.person for one in told]
    assert told[0].facts["path"].endswith(f"/vorschlaege/{made.pk}/")
    assert "wartet auf Ihr Ja oder Nein" in words_of(told[0]).sentence
    assert WHY not in str(told[0].facts)


def test_who_lost_the_role_meanwhile_still_takes_back_what_they_proposed():
    made = amend(running_process(), CANCEL, actor=malik(), after={"stage": "closed"}, reason=WHY, now=NOW)
    petra()
    Membership.objects.filter(person=malik().person).delete()

    decline(made, actor=actor_for(person("Malik")), now=NOW)

    made.refresh_from_db()
    assert made.declined_at == NOW


def test_one_alone_asks_two_to_hide_and_two_let_one_alone_hide_again():
    process = running_process()
    with pytest.raises(Refused, match="care_takes_two"):
        amend(process, LESS_CARE, actor=malik(), after={"four_eyes": True}, reason=WHY, now=NOW)
    amend(process, CARE, actor=malik(), after={"four_eyes": True}, reason=WHY, now=NOW)
    with pytest.raises(Refused, match="care_takes_two"):
        amend(process, CARE, actor=malik(), after={"four_eyes": False}, reason=WHY, now=NOW)
    assert fresh(process).four_eyes

    changed_by_two(process, LESS_CARE, after={"four_eyes": False})

    assert not fresh(process).four_eyes


def test_who_follows_a_process_hears_what_changes_in_its_parts():
    process = running_process()
    follow(process, actor=jörg(), now=NOW)
    part = part_in(process)
    days: dict[str, Any] = {"opens_at": NOW + timedelta(days=31), "closes_at": NOW + timedelta(days=40)}

    amend(part, PART_CARE, actor=malik(), after={"access": "account"}, reason=WHY, now=NOW)
    later = plan_phase(part, actor=malik(), title="Noch einmal", reason=WHY, now=NOW, **days)
    move_phase(later, actor=malik(), reason=WHY, now=NOW, **{**days, "closes_at": NOW + timedelta(days=41)})
    open_part(trial_part(process), actor=malik(), now=NOW)

    heard = Notice.objects.filter(person=jörg().person, record=process.pk).order_by("pk")
    assert [one.event for one in heard] == ["changed_care", "times_changed", "times_changed", "part_opened"]
    assert "Zeiten" in for_followers("times_changed")


def test_what_is_still_planned_tells_nobody():
    process = running_process()
    follow(process, actor=jörg(), now=NOW)
    planned = trial_part(process)

    move_phase(planned.phases.get(), actor=malik(), opens_at=NOW, closes_at=LATER, now=NOW)

    assert not Notice.objects.filter(person=jörg().person).exists()
