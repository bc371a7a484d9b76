"""Requests at once: one person counts once, on whatever channels; and none of many people is lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from cast import AFTER_THE_PHASE, NOW, ida, jörg, krüger, malik, outcome, person
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions.codes import issue_codes, redeem
from mitstadt.spine.actions.entries import person_of_slip
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.actions.parts import open_part
from mitstadt.spine.actions.processes import close_process
from mitstadt.spine.actions.roles import assign_role, end_role
from mitstadt.spine.actions.supports import end_support, support
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.actors import Actor, actor_by_code, actor_for
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Channel, Part, Process, Record, Turn
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.trial_format import contribution, running_process, trial_part

pytestmark = pytest.mark.django_db(transaction=True)


def _counted(record: Record) -> tuple[int, int, int]:
    """The counter, the turns and the acts, as the threads' database has them."""
    return seen_there(
        lambda: (
            Record.objects.get(pk=record.pk).support_count,
            Turn.objects.filter(record_id=record.pk).count(),
            Act.objects.filter(ref=record.ref, verb="supported").count(),
        )
    )


def _deed(record: Record, actor: Actor) -> Callable[[], object]:
    return lambda: support(record, actor=actor, now=NOW)


def test_ten_requests_at_once_from_ida_count_once(shared_database):
    said = contribution(running_process(), actor=jörg())
    who = ida()
    shared_database()

    results = at_once([_deed(said, who) for _ in range(10)])

    assert sorted(map(str, results)) == ["False"] * 9 + ["True"]
    assert _counted(said) == (1, 1, 1)


def test_ten_people_at_once_all_count(shared_database):
    said = contribution(running_process(), actor=jörg())
    people = [actor_for(person(f"Nummer {number}")) for number in range(10)]
    shared_database()

    results = at_once([_deed(said, who) for who in people])

    assert results == [True] * 10
    assert _counted(said) == (10, 10, 10)


def test_a_code_used_in_the_web_and_on_a_slip_at_the_same_moment_leaves_one_turn(shared_database):
    process = running_process()
    said = contribution(process, actor=jörg())
    clerk = krüger()
    [secret] = issue_codes(process, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)
    shared_database()

    def in_the_web() -> bool:
        code = redeem(secret, now=NOW)
        return support(said, actor=actor_by_code(code, code.person, Channel.WEB), now=NOW)

    def at_the_desk() -> bool:
        speaker = person_of_slip(process, code=secret, key=uuid4(), channel=Channel.DESK, now=NOW)
        return support(said, actor=speaker, now=NOW, entered_by=clerk)

    results = at_once([in_the_web, at_the_desk] * 3)

    assert sorted(map(str, results)) == ["False"] * 5 + ["True"]
    assert _counted(said) == (1, 1, 1)


def test_taken_back_by_five_clicks_at_once_is_counted_back_once(shared_database):
    said = contribution(running_process(), actor=jörg())
    support(said, actor=ida(), now=NOW)
    support(said, actor=malik(), now=NOW)
    who = ida()
    shared_database()

    results = at_once([lambda: end_support(said, actor=who, now=NOW) for _ in range(5)])

    assert sorted(map(str, results)) == ["False"] * 4 + ["True"]
    assert _counted(said) == (1, 1, 2)


def test_who_supports_while_it_is_merged_counts_at_the_target_or_is_told(shared_database):
    process = running_process()
    source, target = contribution(process, actor=jörg()), contribution(process, actor=jörg())
    people = [actor_for(person(f"Nummer {number}")) for number in range(6)]
    office = malik()
    shared_database()

    deeds = [_deed(source, who) for who in people]
    merging = [lambda: merge([source], target, actor=office, reason="Dasselbe.", now=NOW)] * 2
    results = at_once([*deeds[:3], *merging, *deeds[3:]])

    counted = results.count(True)
    assert _counted(source) == (counted, counted, counted)
    assert _counted(target)[:2] == (counted, counted)
    refused = [one for one in results if isinstance(one, Exception)]
    assert {str(one) for one in refused} == {"went_on_in_another"}
    assert len(refused) == 6 - counted + 1


def test_four_requests_at_once_close_a_process_once_and_tell_it_once(shared_database):
    process, who = running_process(), malik()
    shared_database()

    def close():
        close_process(Process.objects.get(pk=process.pk), actor=who, outcome=outcome(), now=AFTER_THE_PHASE)

    results = at_once([close] * 4)

    assert sum(isinstance(one, Refused) for one in results) == 3
    assert seen_there(lambda: Act.objects.filter(verb="closed").count()) == 1


def test_four_requests_at_once_open_a_part_once_and_end_a_role_once(shared_database):
    """On PostgreSQL a state that was not locked is seen as it was before the wait."""
    process, who = running_process(), malik()
    part, mail = trial_part(process), person("Ida").email
    assign_role(process, actor=who, email=mail, role=Role.EDITOR, now=NOW)
    shared_database()

    opened = at_once([lambda: open_part(Part.objects.get(pk=part.pk), actor=who, now=NOW)] * 4)
    ended = at_once([lambda: end_role(process, actor=who, email=mail, role=Role.EDITOR, now=NOW)] * 4)

    assert [sum(isinstance(one, Refused) for one in results) for results in (opened, ended)] == [3, 3]
    for verb in ("opened_part", "ended_role"):
        assert seen_there(Act.objects.filter(verb=verb).count) == 1, verb


def test_what_was_taken_back_a_moment_ago_gains_no_support(shared_database):
    said = contribution(running_process(), actor=jörg())
    as_it_was = Record.objects.get(pk=said.pk)
    withdraw(said, actor=jörg(), now=NOW)

    with pytest.raises(Refused, match="record_not_public"):
        support(as_it_was, actor=ida(), now=NOW)

    assert not Turn.objects.filter(record_id=said.pk).exists()
