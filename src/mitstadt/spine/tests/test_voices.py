"""Comments, supports, answers: nothing doubled, nobody lost, everyone told."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cast import LATER, NOW, ayşe, ida, jörg, malik
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.supports import end_support, support
from mitstadt.spine.actors import GUEST
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Answer, AnswerDecision, Comment, Notice, Stance, Standing, Turn
from mitstadt.spine.queries.comments import comment_threads
from mitstadt.spine.queries.ordering import Order
from mitstadt.spine.queries.trails import trail_of
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    return contribution(process, actor=jörg())


def test_a_form_sent_twice_makes_one_comment(said):
    key = uuid4()

    first = comment(said, actor=ida(), text="Ja, bitte.", now=NOW, submission_key=key)
    second = comment(said, actor=ida(), text="Ja, bitte.", now=LATER, submission_key=key)

    assert first.ref == second.ref
    said.refresh_from_db()
    assert said.comment_count == 1


def test_replies_go_one_level_deep(said):
    first = comment(said, actor=ida(), text="Wo genau?", now=NOW)
    reply = comment(said, actor=jörg(), text="Am Eingang.", now=NOW, reply_to=first)

    with pytest.raises(Refused, match="reply_to_reply"):
        comment(said, actor=ida(), text="Danke.", now=NOW, reply_to=reply)


def test_an_empty_comment_and_one_of_endless_length_are_refused(said):
    with pytest.raises(Refused, match="text_missing"):
        comment(said, actor=ida(), text="  \n", now=NOW)
    with pytest.raises(Refused, match="text_too_long"):
        comment(said, actor=ida(), text="a" * 5_001, now=NOW)


def test_one_person_counts_once_and_the_database_holds_it(said):
    assert support(said, actor=ida(), now=NOW)
    assert not support(said, actor=ida(), now=LATER)

    said.refresh_from_db()
    assert said.support_count == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(
            record=said, deed="support", person=ida().person, standing=Standing.ACCOUNT, day=NOW.date(), at=NOW
        )


def test_support_taken_back_is_counted_back(said):
    support(said, actor=ida(), now=NOW)

    assert end_support(said, actor=ida(), now=LATER)
    assert not end_support(said, actor=ida(), now=LATER)
    said.refresh_from_db()
    assert said.support_count == 0


def test_linh_supports_as_a_guest_with_a_code_made_on_the_spot(process, said):
    linh, secret = participant(GUEST, process, now=NOW)

    assert secret
    assert support(said, actor=linh, now=NOW)


def test_threads_are_sorted_and_paged_in_four_queries(said, django_assert_num_queries):
    roots = [comment(said, actor=ida(), text=f"Nummer {number}", now=NOW) for number in range(60)]
    support(roots[41], actor=jörg(), now=NOW)
    for root in roots[:20]:
        comment(said, actor=jörg(), text="Antwort", now=NOW, reply_to=root)

    with django_assert_num_queries(4):
        page, threads = comment_threads(said, order=Order.MOST_SUPPORTED, page=1)

    assert threads[0].comment.pk == roots[41].pk
    assert (len(threads), page.paginator.num_pages) == (50, 2)
    assert sum(len(thread.replies) for thread in threads) == 20


def test_comments_for_and_against_can_be_read_apart(said):
    comment(said, actor=ida(), text="Schatten hilft.", now=NOW, stance=Stance.FOR)
    comment(said, actor=jörg(), text="Zu teuer.", now=NOW, stance=Stance.AGAINST)

    _page, threads = comment_threads(said, stance=Stance.AGAINST)

    assert [thread.comment.body for thread in threads] == ["Zu teuer."]


def test_one_answer_reaches_many_contributions_and_tells_authors_and_supporters(process, said):
    other = contribution(process, actor=ida(), body="Weniger Bänke.")
    support(said, actor=ayşe(), now=NOW)

    given = answer(
        [said, other], room=process, actor=malik(), decision=AnswerDecision.PARTLY, reason="Vier Bänke.", now=LATER
    )

    said.refresh_from_db()
    assert said.answer_state == AnswerDecision.PARTLY
    assert [step.answer for step in trail_of(said).steps if step.answer] == [given]
    told = Notice.objects.filter(event="answered_partly").values_list("person__display_name", flat=True)
    assert sorted(told) == ["Ayşe", "Ida", "Jörg"]


def test_a_later_answer_replaces_the_earlier_one_and_both_stay_on_the_trail(process, said):
    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Kein Geld.", now=NOW)
    second = correct_answer(
        [said], room=process, actor=malik(), decision=AnswerDecision.TAKEN_UP, reason="Doch Geld.", now=LATER
    )

    answers = [step.answer for step in trail_of(said).steps if step.answer]

    assert len(answers) == 2
    assert answers[-1] == second
    act = Act.objects.get(verb="corrected_answer")
    assert (act.ref, act.details["before"]) == (second.ref, {said.ref: {"decision": "not", "answer": answers[0].ref}})
    assert Notice.objects.filter(event="corrected_answer", record_id=said.pk).exists()


def test_an_answer_is_not_passed_over_by_accident_and_only_an_answer_can_be_changed(process, said):
    other = contribution(process, actor=ida(), body="Weniger Bänke.")
    options = {"room": process, "actor": malik(), "decision": AnswerDecision.NOT, "now": LATER}
    with pytest.raises(Refused, match="not_answered_yet"):
        correct_answer([said], reason="Nein.", **options)
    answer([said], reason="Nein.", **options)

    with pytest.raises(Refused, match="answered_already") as refusal:
        answer([said, other], reason="Beides nicht.", **options)
    with pytest.raises(Refused, match="not_answered_yet"):
        correct_answer([said, other], reason="Beides nicht.", **options)

    assert said.ref in str(refusal.value.sentence)
    assert other.ref not in str(refusal.value.sentence)
    assert Answer.objects.count() == 1


def test_only_who_may_answer_changes_an_answer(process, said):
    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Kein Geld.", now=NOW)
    with pytest.raises(Refused, match="needs_role"):
        correct_answer([said], room=process, actor=ayşe(), decision=AnswerDecision.NOTED, reason="Ja.", now=LATER)


def test_no_answer_without_a_reason_and_none_across_processes(process, said):
    elsewhere = running_process(title="Anderswo?")

    with pytest.raises(Refused, match="reason_missing"):
        answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason=" ", now=NOW)
    with pytest.raises(Refused, match="nothing_to_answer"):
        answer([said], room=elsewhere, actor=malik(), decision=AnswerDecision.NOT, reason="Nein.", now=NOW)


def test_a_hidden_comment_with_replies_keeps_its_place(said):
    first = comment(said, actor=ida(), text="Unfug!", now=NOW)
    comment(said, actor=jörg(), text="Bitte sachlich.", now=NOW, reply_to=first)
    Comment.objects.filter(pk=first.pk).update(state="hidden")

    _page, threads = comment_threads(said)

    assert len(threads) == 1
    assert not threads[0].comment.is_public
