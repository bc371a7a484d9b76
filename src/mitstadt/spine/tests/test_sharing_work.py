"""Those who answer share their work: who cares for what, notes nobody else reads, answers that two people give."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from cast import NOW, ayşe, ida, jörg, malik, office, person, with_role
from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.organisations import change_organisation, facts_of
from mitstadt.spine.actions.sharing import (
    add_note,
    assign,
    drop_note,
    drop_text_block,
    keep_text_block,
)
from mitstadt.spine.actions.signing import draft_answer, drop_draft, sign_answer
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.actors import actor_for
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import (
    Act,
    Answer,
    AnswerDecision,
    AnswerDraft,
    Assignment,
    DraftedFor,
    Record,
    RoomRole,
    TextBlock,
    WorkNote,
)
from mitstadt.spine.queries.answering import Narrowed, narrowed
from mitstadt.spine.queries.sharing import assigned_and_waiting, drafts_waiting, work_beside
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    return contribution(process, actor=jörg(), body="Mehr Bänke im Schatten.")


def colleague():
    return with_role(person("Renate"), Role.EDITOR)


def two_people_answer():
    Organisation.objects.filter(pk=office().pk).update(answers_take_two=True)


def drafted(said, process, *, by=None, reason="Dafür ist kein Platz.", **more):
    by = by or malik()
    return draft_answer([said], room=process, actor=by, decision=AnswerDecision.NOT, reason=reason, now=NOW, **more)


def refused(reason, deed, /, *args, **more):
    with pytest.raises(Refused) as refusal:
        deed(*args, **more)
    assert refusal.value.reason == reason


def test_a_colleague_cares_for_a_contribution_until_somebody_else_does_or_nobody(process, said):
    me, other = malik(), colleague()
    assign([said], room=process, actor=me, to=other.person.pk, now=NOW)
    assert [row.person for row in Assignment.objects.all()] == [other.person]

    assign([said], room=process, actor=other, to=me.person.pk, now=NOW)
    assert [row.person for row in Assignment.objects.all()] == [me.person]

    assign([said], room=process, actor=me, to=None, now=NOW)
    assert not Assignment.objects.exists()


def test_nobody_is_given_work_who_does_not_answer_there_and_nobody_else_gives_it(process, said):
    refused("does_not_answer_here", assign, [said], room=process, actor=malik(), to=ida().person.pk, now=NOW)
    refused("needs_role", assign, [said], room=process, actor=ayşe(), to=malik().person.pk, now=NOW)
    refused("needs_role", assign, [said], room=process, actor=jörg(), to=malik().person.pk, now=NOW)
    assert not Assignment.objects.exists()


def test_nothing_of_it_is_in_the_log(process, said):
    before = Act.objects.count()
    assign([said], room=process, actor=malik(), to=malik().person.pk, now=NOW)
    add_note(said, actor=malik(), text="Das Tiefbauamt weiß mehr.", now=NOW)
    keep_text_block(office(), actor=malik(), title="Zu teuer", text="Das ist zu teuer.", now=NOW)
    draft = drafted(said, process)
    drop_draft(draft, actor=colleague(), now=NOW)

    assert Act.objects.count() == before


def test_notes_are_read_by_those_who_answer_there_and_by_nobody_else(process, said):
    add_note(said, actor=malik(), text="Das Tiefbauamt weiß mehr.", now=NOW)

    assert [one.text for one in work_beside([said], process, actor=colleague(), now=NOW)[said.pk].notes]
    for other in (jörg(), ayşe(), ida()):
        assert work_beside([said], process, actor=other, now=NOW) == {}
    refused("needs_role", add_note, said, actor=ayşe(), text="Ich lese mit.", now=NOW)
    refused("note_missing", add_note, said, actor=malik(), text=" ", now=NOW)


def test_only_who_wrote_a_note_deletes_it(process, said):
    note = add_note(said, actor=malik(), text="Das Tiefbauamt weiß mehr.", now=NOW)

    refused("note_of_another", drop_note, note, actor=colleague(), now=NOW)
    drop_note(note, actor=malik(), now=NOW)
    refused("note_gone", drop_note, note, actor=malik(), now=NOW)


def test_what_colleagues_kept_goes_with_the_words_of_the_person_who_erases_them(process, said):
    other = contribution(process, actor=ida(), body="Auch im Winter bitte.")
    add_note(said, actor=malik(), text="„Mehr Bänke“, sagt er.", now=NOW)
    assign([said], room=process, actor=malik(), to=malik().person.pk, now=NOW)
    drafted(said, process, reason="Sie schreiben „mehr Bänke“: nein.")
    kept = drafted(other, process)

    erase(said, actor=jörg(), now=NOW)

    assert not WorkNote.objects.exists()
    assert not Assignment.objects.exists()
    assert list(AnswerDraft.objects.all()) == [kept], "what waits for others stays"


def test_where_the_host_wants_two_people_nobody_answers_alone(process, said):
    two_people_answer()
    alone = {"room": process, "actor": malik(), "decision": AnswerDecision.NOT, "reason": "Nein.", "now": NOW}

    refused("answer_takes_two", answer, [said], **alone)
    draft = drafted(said, process)
    refused("second_person_signs", sign_answer, draft, actor=malik(), now=NOW)
    refused("needs_role", sign_answer, draft, actor=ayşe(), now=NOW)
    assert not Answer.objects.exists()

    given = sign_answer(draft, actor=colleague(), now=NOW)

    said.refresh_from_db()
    assert (given.body, said.answer_state) == ("Dafür ist kein Platz.", "not")
    refused("answer_takes_two", correct_answer, [said], **alone)


def test_the_words_of_a_signed_draft_live_in_the_answer_alone(process, said):
    draft = drafted(said, process)
    refused("second_person_signs", sign_answer, draft, actor=malik(), now=NOW)
    sign_answer(draft, actor=colleague(), now=NOW)

    draft.refresh_from_db()
    assert (draft.reason, draft.signed_by, draft.answer) == ("", colleague().person, Answer.objects.get())
    assert not DraftedFor.objects.exists()
    refused("draft_gone", sign_answer, draft, actor=colleague(), now=NOW)
    refused("draft_gone", drop_draft, draft, actor=malik(), now=NOW)


def test_the_database_itself_keeps_one_person_from_being_both(process, said):
    draft = drafted(said, process)

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerDraft.objects.filter(pk=draft.pk).update(signed_by=draft.drafted_by, signed_at=NOW, reason="")


def test_a_newer_draft_takes_the_place_of_what_waited_before(process, said):
    other = contribution(process, actor=ida(), body="Auch im Winter bitte.")
    both = draft_answer(
        [said, other], room=process, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=NOW
    )
    newer = drafted(said, process)

    assert list(both.drafted_for.values_list("record", flat=True)) == [other.pk]
    drafted(other, process)
    assert not AnswerDraft.objects.filter(pk=both.pk).exists(), "a draft that answers nothing is gone"
    assert newer.pk in [one.draft.pk for one in drafts_waiting(process, actor=malik(), now=NOW)]
    assert drafts_waiting(process, actor=jörg(), now=NOW) == []


def test_what_was_answered_meanwhile_is_not_signed_a_second_time(process, said):
    draft = drafted(said, process)
    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=NOW)

    refused("answered_already", sign_answer, draft, actor=colleague(), now=NOW)
    refused("answered_already", drafted, said, process)


def test_an_answer_is_changed_by_two_people_as_well(process, said):
    sign_answer(drafted(said, process), actor=colleague(), now=NOW)
    two_people_answer()
    refused("not_answered_yet", drafted, contribution(process, actor=ida()), process, corrects=True)

    given = sign_answer(drafted(said, process, corrects=True, reason="Doch, dort."), actor=colleague(), now=NOW)

    assert given.body == "Doch, dort."
    assert Act.objects.filter(verb="corrected_answer").count() == 1


def test_lists_are_narrowed_to_mine_to_nobodys_and_to_what_waits_for_a_second_person(process, said):
    free = contribution(process, actor=ida(), body="Auch im Winter bitte.")
    assign([said], room=process, actor=malik(), to=malik().person.pk, now=NOW)
    drafted(free, process)

    def found(**wanted):
        return set(
            narrowed(Record.objects.filter(room=process.pk, kind="trial"), Narrowed(**wanted)).values_list(
                "pk", flat=True
            )
        )

    assert found(assigned_to=malik().person.pk) == {said.pk}
    assert found(unassigned=True) == {free.pk}
    assert found(drafted=True) == {free.pk}
    assert found(before=NOW) == set()
    [(part, count)] = assigned_and_waiting(malik(), now=NOW)
    assert (part.pk, count) == (said.part_id, 1)
    assert assigned_and_waiting(colleague(), now=NOW) == []


def test_text_blocks_belong_to_an_organisation_and_to_those_who_answer_for_it(process):
    block = keep_text_block(office(), actor=malik(), title="Zu teuer", text="Das ist zu teuer.", now=NOW)
    keep_text_block(office(), actor=colleague(), title="Zu teuer", text="Das kostet zu viel.", now=NOW, instead=block)

    block.refresh_from_db()
    assert block.text == "Das kostet zu viel."
    refused("block_title_taken", keep_text_block, office(), actor=malik(), title="Zu teuer", text="Nein.", now=NOW)
    refused("block_incomplete", keep_text_block, office(), actor=malik(), title="Leer", text=" ", now=NOW)
    refused("needs_role", keep_text_block, office(), actor=ayşe(), title="Anders", text="Nein.", now=NOW)
    refused("needs_role", drop_text_block, block, actor=jörg())
    drop_text_block(block, actor=malik())
    assert not TextBlock.objects.exists()


def test_a_role_in_one_room_changes_no_words_of_the_whole_office(process):
    RoomRole.objects.create(room=process, person=person("Ida"), role=Role.EDITOR, given_at=NOW)

    refused("needs_role", keep_text_block, office(), actor=actor_for(person("Ida")), title="A", text="B", now=NOW)


def test_who_no_longer_has_the_task_is_told_nothing_of_what_waits_there(process, said):
    assign([said], room=process, actor=malik(), to=colleague().person.pk, now=NOW)
    [(part, _count)] = assigned_and_waiting(colleague(), now=NOW)
    assert part.pk == said.part_id

    Membership.objects.filter(person=person("Renate")).delete()

    assert assigned_and_waiting(actor_for(person("Renate")), now=NOW) == []


def test_whoever_answers_does_not_lift_the_rule_that_takes_two(process):
    two_people_answer()
    facts = replace(facts_of(Organisation.objects.get(pk=office().pk)), answers_take_two=False)

    refused("two_by_somebody_else", change_organisation, office(), facts, actor=malik(), now=NOW)
    assert Organisation.objects.get(pk=office().pk).answers_take_two
    robert = with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True))
    change_organisation(Organisation.objects.get(pk=office().pk), facts, actor=robert, now=NOW)
    assert not Organisation.objects.get(pk=office().pk).answers_take_two
