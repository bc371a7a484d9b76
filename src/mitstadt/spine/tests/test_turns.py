"""One human counts once; guests are counted apart; who counts follows from the access of the part."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cast import AFTER_THE_PHASE, LATER, NOW, ida, jörg, krüger, malik
from mitstadt.spine.actions.codes import issue_codes, participant, redeem
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.entries import person_of_slip, undo_entry
from mitstadt.spine.actions.supports import end_support, support
from mitstadt.spine.actions.turns import take_turn
from mitstadt.spine.actors import GUEST, Actor, actor_by_code
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Access, Channel, CodeOrigin, Standing, Turn
from mitstadt.spine.queries.comments import comment_threads
from mitstadt.spine.queries.ordering import Order
from mitstadt.spine.queries.turns import Counted, count_turns, supported_among
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


def _with_code(process, origin=CodeOrigin.PRINTED) -> Actor:
    [secret] = issue_codes(process, actor=malik(), count=1, channel=Channel.PAPER, now=NOW, origin=origin)
    code = redeem(secret, now=NOW)
    return actor_by_code(code, code.person, Channel.WEB)


def _on_a_slip(process, code="") -> Actor:
    return person_of_slip(process, code=code, key=uuid4(), channel=Channel.PAPER, now=NOW)


def _guest(process) -> Actor:
    return participant(GUEST, process, now=NOW)[0]


def test_everyone_counts_as_who_they_are_and_guests_are_counted_apart():
    process = running_process()
    said = contribution(process, actor=jörg())
    for who in (ida(), _with_code(process), _with_code(process, CodeOrigin.LETTER), _guest(process), _guest(process)):
        assert support(said, actor=who, now=NOW)
    assert support(said, actor=_on_a_slip(process), now=NOW, entered_by=krüger())

    said.refresh_from_db()
    assert (said.support_count, said.guest_support_count) == (4, 2)
    assert count_turns(said, Deed.SUPPORT) == Counted(people=4, guests=2)
    assert sorted(Turn.objects.values_list("standing", flat=True)) == [
        "account",
        "guest",
        "guest",
        "letter",
        "printed",
        "slip",
    ]


def test_a_guest_who_takes_the_support_back_is_counted_back_among_guests():
    process = running_process()
    said = contribution(process, actor=jörg())
    linh = _guest(process)
    support(said, actor=ida(), now=NOW)
    support(said, actor=linh, now=NOW)

    assert end_support(said, actor=linh, now=LATER)

    said.refresh_from_db()
    assert (said.support_count, said.guest_support_count) == (1, 0)
    assert not supported_among([said], actor=linh)


def test_five_guests_do_not_outrank_one_person():
    process = running_process()
    said = contribution(process, actor=jörg())
    liked_by_ida = comment(said, actor=jörg(), text="Erste", now=LATER)
    liked_by_guests = comment(said, actor=jörg(), text="Zweite", now=NOW)
    support(liked_by_ida, actor=ida(), now=LATER)
    for _ in range(5):
        support(liked_by_guests, actor=_guest(process), now=LATER)

    _page, threads = comment_threads(said, order=Order.MOST_SUPPORTED)

    assert [thread.comment for thread in threads] == [liked_by_ida, liked_by_guests]


def test_the_same_code_on_paper_and_in_the_web_is_one_human():
    process = running_process()
    said = contribution(process, actor=jörg())
    [secret] = issue_codes(process, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)
    support(said, actor=_on_a_slip(process, secret), now=NOW, entered_by=krüger())
    code = redeem(secret, now=NOW)

    assert not support(said, actor=actor_by_code(code, code.person, Channel.WEB), now=NOW)
    assert Turn.objects.get().standing == Standing.PRINTED


def test_a_slip_entered_by_mistake_is_counted_back():
    process = running_process()
    said = contribution(process, actor=jörg())
    speaker = _on_a_slip(process)
    support(said, actor=speaker, now=NOW, entered_by=krüger())

    assert undo_entry(process, clerk=krüger(), person_id=speaker.person.pk, entered_at=NOW, now=NOW) == 1

    said.refresh_from_db()
    assert (said.support_count, Turn.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("access", "refused"),
    [
        (Access.ANYONE, {}),
        (Access.CODE, {"guest": "needs_code", "slip": "slip_needs_code"}),
        (
            Access.ACCOUNT,
            {
                "guest": "needs_account",
                "slip": "slip_needs_code",
                "printed": "needs_account",
                "letter": "needs_account",
            },
        ),
    ],
)
def test_whose_turn_counts_follows_from_the_access_of_the_part(access, refused):
    process = running_process(access=access)
    said = contribution(process, actor=jörg())
    tried = {
        "account": (ida(), None),
        "printed": (_with_code(process), None),
        "letter": (_with_code(process, CodeOrigin.LETTER), None),
        "guest": (_guest(process), None),
        "slip": (_on_a_slip(process), krüger()),
    }
    outcome = {}
    for standing, (who, clerk) in tried.items():
        try:
            take_turn(said, Deed.SUPPORT, actor=who, now=NOW, entered_by=clerk)
        except Refused as refusal:
            outcome[standing] = refusal.reason

    assert outcome == refused
    assert {*outcome, *Turn.objects.values_list("standing", flat=True)} == set(tried)


def test_the_same_turn_is_found_again_and_nobody_has_one_without_a_person():
    said = contribution(running_process(), actor=jörg())

    first, new = take_turn(said, Deed.SUPPORT, actor=ida(), now=NOW)
    again, new_again = take_turn(said, Deed.SUPPORT, actor=ida(), now=LATER)

    assert (first.pk, new, new_again) == (again.pk, True, False)
    with pytest.raises(Refused, match="needs_code"):
        take_turn(said, Deed.SUPPORT, actor=GUEST, now=NOW)


@pytest.mark.parametrize(("deed", "at"), [("vote", NOW), ("support", None)])
def test_the_database_takes_a_time_where_the_deed_is_public_and_none_where_it_is_secret(deed, at):
    said = contribution(running_process(), actor=jörg())
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(
            record=said, deed=deed, person=ida().person, standing=Standing.ACCOUNT, day=NOW.date(), at=at
        )


def test_a_support_is_not_taken_back_when_the_phase_is_over():
    said = contribution(running_process(), actor=jörg())
    support(said, actor=ida(), now=NOW)

    with pytest.raises(Refused, match="phase_over"):
        end_support(said, actor=ida(), now=AFTER_THE_PHASE)

    said.refresh_from_db()
    assert said.support_count == 1
