"""Somebody else's account ends by two people who lead the platform: one proposal, one decision, whatever it holds."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cast import LATER, NOW, ida, jörg, malik, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.alerting import note_what_waits
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.ending_accounts import decide_account_end, propose_account_end
from mitstadt.spine.actions.erasing_for_others import decide_erasure, propose_erasure
from mitstadt.spine.actions.organisations import rest_membership
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AccountErasure, Act, Alert, ErasureRequest, Record, RecordState
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db
WHY = "Brief vom 3. Mai."


def leads_the_platform(name: str) -> Actor:
    return with_role(person(name), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True))


def robert() -> Actor:
    return leads_the_platform("Robert")


def selma() -> Actor:
    return leads_the_platform("Selma")


def proposed(*, with_words: bool = True) -> AccountErasure:
    return propose_account_end(jörg().person, actor=robert(), with_words=with_words, reason=WHY, now=NOW)


def test_many_texts_are_one_proposal_and_one_yes_ends_them_and_the_account():
    process = running_process()
    said = [contribution(process, actor=jörg(), body=f"Bank {number}.") for number in range(5)]
    shared = contribution(process, actor=jörg(), body="Wir beide.")
    join(invite(shared, actor=jörg(), now=NOW), actor=ida(), now=NOW)
    asked = proposed()
    assert Record.objects.get(pk=said[0].pk).body
    assert jörg().person.is_active

    decide_account_end(asked, actor=selma(), confirmed=True, now=LATER)

    assert {one.state for one in Record.objects.filter(pk__in=[one.pk for one in said])} == {RecordState.ERASED}
    assert Record.objects.get(pk=shared.pk).body == "Wir beide."
    who = asked.person
    who.refresh_from_db()
    assert (who.is_active, who.email) == (False, None)
    assert Act.objects.filter(verb="erased_for_others").count() == 5
    assert Act.objects.get(verb="ended_account").details == {"reason": WHY, "words_erased": 5, "people": 2}
    assert not ErasureRequest.objects.exists()
    assert check_records().sound


def test_an_account_can_end_while_what_was_said_stays_without_a_name():
    said = contribution(running_process(), actor=jörg())

    decide_account_end(proposed(with_words=False), actor=selma(), confirmed=True, now=LATER)

    said.refresh_from_db()
    assert (said.author, said.body) == (None, "Mehr Bänke im Schatten.")
    assert Act.objects.get(verb="ended_account").details["words_erased"] == 0


def test_neither_who_proposed_it_nor_who_leads_an_office_alone_says_yes_or_no():
    asked = proposed()
    with pytest.raises(Refused, match="second_person_needed"):
        decide_account_end(asked, actor=robert(), confirmed=True, now=NOW)
    for confirmed in (True, False):
        with pytest.raises(Refused, match="needs_platform_lead"):
            decide_account_end(asked, actor=malik(), confirmed=confirmed, now=NOW)
    with pytest.raises(Refused, match="needs_platform_lead"):
        propose_account_end(ida().person, actor=malik(), with_words=True, reason=WHY, now=NOW)

    assert jörg().person.is_active
    assert not Act.objects.filter(verb="ended_account").exists()


def test_the_database_itself_refuses_one_person_as_both():
    asked = proposed()

    with pytest.raises(IntegrityError), transaction.atomic():
        AccountErasure.objects.filter(pk=asked.pk).update(decided_at=NOW, confirmed=True, decided_by=robert().person)


def test_who_proposed_it_takes_it_back_and_then_it_can_be_proposed_again():
    asked = proposed()
    with pytest.raises(Refused, match="erasure_proposed_already"):
        proposed()

    decide_account_end(asked, actor=robert(), confirmed=False, now=NOW)

    assert jörg().person.is_active
    with pytest.raises(Refused, match="erasure_decided"):
        decide_account_end(asked, actor=selma(), confirmed=True, now=NOW)
    assert proposed().decided_at is None


def test_the_reason_names_nobody_and_repeats_nothing_that_goes():
    contribution(running_process(), actor=jörg())
    for told in ("Jörg schrieb uns.", "Es geht um: Mehr Bänke im Schatten."):
        with pytest.raises(Refused, match="reason_repeats_words"):
            propose_account_end(jörg().person, actor=robert(), with_words=True, reason=told, now=NOW)


def test_whoever_deletes_their_account_themselves_leaves_nothing_to_decide():
    asked = proposed()

    delete_account(jörg(), erase_words=False, now=NOW)

    with pytest.raises(Refused, match="erasure_decided"):
        decide_account_end(asked, actor=selma(), confirmed=True, now=LATER)


def test_what_was_proposed_for_single_texts_is_decided_with_the_account():
    said = contribution(running_process(), actor=jörg())
    single = propose_erasure(said, actor=malik(), reason="Auf Wunsch.", now=NOW)

    decide_account_end(proposed(), actor=selma(), confirmed=True, now=LATER)

    single.refresh_from_db()
    assert (single.confirmed, single.decided_at) == (True, LATER)


def test_the_last_leader_of_an_office_is_not_deleted_over_its_head():
    malik()
    petra = with_role(person("Petra"), Role.OWNER).person
    given: dict[str, Any] = {"actor": robert(), "with_words": False, "reason": WHY, "now": NOW}
    asked = propose_account_end(malik().person, **given)
    rest_membership(office(), actor=malik(), email=petra.email, role=Role.OWNER, reason="Elternzeit.", now=NOW)

    # Petra's role came to rest between the proposal and the yes.
    with pytest.raises(Refused, match="last_leader"):
        decide_account_end(asked, actor=selma(), confirmed=True, now=NOW)
    decide_account_end(asked, actor=selma(), confirmed=False, now=NOW)
    with pytest.raises(Refused, match="last_leader"):
        propose_account_end(malik().person, **given)


def test_the_other_leaders_are_told_and_neither_who_proposed_it_nor_whom_it_concerns():
    second, asked = selma().person, proposed()

    note_what_waits(now=NOW)

    told = Alert.objects.get(kind="proposal")
    assert (told.person, told.key) == (second, f"account-{asked.pk}")
    assert "Jörg" not in str(told.facts)


def test_who_proposed_to_erase_a_single_text_takes_it_back_and_nobody_else_does_so_for_them():
    said = contribution(running_process(), actor=jörg())
    asked = propose_erasure(said, actor=malik(), reason=WHY, now=NOW)

    decide_erasure(asked, actor=malik(), confirmed=False, now=NOW)

    assert Act.objects.filter(verb="took_back_erasure", ref=said.ref).exists()
    again = propose_erasure(said, actor=malik(), reason=WHY, now=NOW)
    with pytest.raises(Refused, match="second_person_needed"):
        decide_erasure(again, actor=malik(), confirmed=True, now=NOW)
    with pytest.raises(Refused, match="needs_role"):
        decide_erasure(again, actor=ida(), confirmed=False, now=NOW)
