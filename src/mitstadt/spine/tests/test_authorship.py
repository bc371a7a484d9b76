"""Several people write one thing: each says yes, each may go, and nobody takes the words from the others."""

import pytest
from django.db import IntegrityError, transaction

from cast import LATER, NOW, ida, jörg, malik, office, person
from mitstadt.ground.organisations.models import Membership, OrganisationKind, Role
from mitstadt.pages.people.download import everything_about
from mitstadt.pages.people.queries import own_records
from mitstadt.spine.actions import accounts
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.authorship import invitation, invite, join, revoke_invitations
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.authorship import authors_of, is_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Access, ActContent, Authorship, Follow, Record, RecordState
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.visibility import visible_to
from mitstadt.spine.tests.trial_format import contribution, running_process
from mitstadt.ui.comments import shown_author

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def said():
    return fresh(contribution(running_process(), actor=jörg()))


def fresh(record):
    return Record.objects.select_related("author", "organisation").get(pk=record.pk)


def write_together(record, *others):
    for other in others:
        join(invite(record, actor=jörg(), now=NOW), actor=other, now=LATER)
    return fresh(record)


def group():
    bund = office("BUND Mitte", "bund-mitte", kind=OrganisationKind.CIVIL_SOCIETY)
    Membership.objects.get_or_create(person=person("Ida"), organisation=bund, role=Role.CONTRIBUTOR)
    return bund


def test_names_stand_in_their_order_once_each_person_said_yes(said):
    code = invite(said, actor=jörg(), now=NOW)
    assert shown_author(fresh(said)) == "Jörg"
    join(code, actor=ida(), now=LATER)
    shared = write_together(said, malik())
    assert shown_author(shared) == "Jörg, Ida und Malik"
    assert authors_of(shared) == [one.person.pk for one in (jörg(), ida(), malik())]


def test_an_invitation_works_once_and_for_nobody_else(said):
    code = invite(said, actor=jörg(), now=NOW)
    join(code, actor=ida(), now=LATER)
    for typed in (code, "nonsense", "", "AAAA-AAAA-AAAA-AAAA"):
        with pytest.raises(Refused) as refusal:
            join(typed, actor=malik(), now=LATER)
        assert refusal.value.reason == "invitation_unknown"


def test_only_authors_invite_and_nobody_joins_twice(said):
    with pytest.raises(Refused, match="not_yours"):
        invite(said, actor=ida(), now=NOW)
    with pytest.raises(Refused, match="author_already"):
        join(invite(said, actor=jörg(), now=NOW), actor=jörg(), now=LATER)
    write_together(said, ida())
    invite(fresh(said), actor=ida(), now=LATER)
    with pytest.raises(Refused, match="author_already"):
        join(invite(said, actor=jörg(), now=NOW), actor=ida(), now=LATER)


def test_an_invitation_that_was_taken_back_is_void(said):
    code = invite(said, actor=jörg(), now=NOW)
    assert revoke_invitations(said, actor=jörg(), now=LATER) == 1
    with pytest.raises(Refused, match="invitation_unknown"):
        invitation(code)


def test_open_invitations_have_a_limit(said):
    for _number in range(10):
        invite(said, actor=jörg(), now=NOW)
    with pytest.raises(Refused, match="invitation_open_enough"):
        invite(said, actor=jörg(), now=NOW)


def test_linh_joins_with_a_code_but_not_where_an_account_is_needed(said):
    linh, _secret = participant(GUEST, said.home, now=NOW)
    assert shown_author(write_together(said, linh)) == "Jörg und jemand ohne Namen"
    strict = contribution(running_process(title="Mit Konto", access=Access.ACCOUNT), actor=jörg())
    elsewhere, _secret = participant(GUEST, strict.home, now=NOW)
    with pytest.raises(Refused, match="needs_account"):
        join(invite(strict, actor=jörg(), now=NOW), actor=elsewhere, now=LATER)


def test_a_code_of_another_room_does_not_join(said):
    other = running_process(title="Anderswo")
    linh, _secret = participant(GUEST, other, now=NOW)
    with pytest.raises(Refused, match="code_of_other_room"):
        join(invite(said, actor=jörg(), now=NOW), actor=linh, now=LATER)


def test_one_speaks_for_an_organisation_of_ones_own_only(said):
    bund = group()
    join(invite(said, actor=jörg(), now=NOW), actor=ida(), organisation_id=bund.pk, now=LATER)
    join(invite(said, actor=jörg(), now=NOW), actor=malik(), organisation_id=bund.pk, now=LATER)
    assert shown_author(fresh(said)) == "Jörg, BUND Mitte und Malik"


def test_every_author_reads_it_in_every_state_and_finds_it_on_their_page(said):
    shared = write_together(said, ida())
    Record.objects.filter(pk=shared.pk).update(state=RecordState.HIDDEN)
    assert visible_to(ida(), Record.objects.filter(pk=shared.pk)).exists()
    assert permit_on(ida(), Deed.APPEAL, fresh(shared), now=LATER)
    assert not visible_to(actor_for(person("Erika")), Record.objects.filter(pk=shared.pk)).exists()
    assert [row.record.pk for row in own_records(person("Ida"), "1")[1]] == [shared.pk]


def test_nobody_withdraws_over_the_heads_of_the_others(said):
    shared = write_together(said, ida())
    for author in (jörg(), ida()):
        with pytest.raises(Refused, match="others_wrote_it_too"):
            withdraw(fresh(shared), actor=author, now=LATER)
    assert fresh(shared).state == RecordState.PUBLISHED


def test_who_erases_takes_their_name_and_link_and_leaves_the_words(said):
    shared = write_together(said, ida())
    erase(shared, actor=jörg(), now=LATER)
    left = fresh(shared)
    assert (left.body, left.state, shown_author(left)) == (said.body, RecordState.PUBLISHED, "Ida")
    assert not is_author(jörg(), left)
    assert not Follow.objects.filter(record=left, person=person("Jörg")).exists()
    assert not ActContent.objects.filter(record=left, content__author=person("Jörg").pk).exists()


def test_who_joined_and_leaves_is_named_in_no_content_of_the_log(said):
    shared = write_together(said, ida())
    erase(shared, actor=ida(), now=LATER)

    assert not ActContent.objects.filter(record=shared, content__person=person("Ida").pk).exists()


def test_the_last_author_erases_the_words(said):
    shared = write_together(said, ida())
    erase(shared, actor=jörg(), now=LATER)
    erase(fresh(shared), actor=ida(), now=LATER)
    gone = fresh(shared)
    assert (gone.body, gone.state, gone.author, gone.further_authors) == ("", RecordState.ERASED, None, 0)
    assert not Authorship.objects.filter(record=gone).exists()


def test_the_last_author_may_withdraw(said):
    shared = write_together(said, ida())
    erase(shared, actor=ida(), now=LATER)
    withdraw(fresh(shared), actor=jörg(), now=LATER)
    assert fresh(shared).state == RecordState.WITHDRAWN


def test_what_was_said_for_an_organisation_stays_when_the_person_goes(said):
    bund = group()
    join(invite(said, actor=jörg(), now=NOW), actor=ida(), organisation_id=bund.pk, now=LATER)
    erase(fresh(said), actor=ida(), now=LATER)
    left = fresh(said)
    assert shown_author(left) == "Jörg und BUND Mitte"
    assert not is_author(ida(), left)


@pytest.mark.parametrize("words_too", [True, False])
def test_a_deleted_account_leaves_shared_words_to_the_others(said, words_too):
    shared = write_together(said, ida(), malik())
    delete_account(ida(), erase_words=words_too, now=LATER)
    delete_account(jörg(), erase_words=words_too, now=LATER)
    left = fresh(shared)
    assert (left.body, shown_author(left), left.further_authors) == (said.body, "Malik", 0)


def test_the_download_tells_what_one_wrote_with_others(said):
    write_together(said, ida())
    told = "".join(everything_about(person("Ida")))
    assert said.body in told
    assert '"written_with_others": [' in told
    assert said.ref in told.split('"written_with_others"')[1]


def test_the_database_holds_that_one_person_stands_once_and_confirmed_by_somebody(said):
    shared = write_together(said, ida())
    for wrong in (
        {"person": person("Ida"), "position": 9, "confirmed_at": NOW},
        {"person": person("Malik"), "position": 1, "confirmed_at": NOW},
        {"person": None, "position": 9, "confirmed_at": NOW},
        {"person": person("Malik"), "position": 9, "confirmed_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Authorship.objects.create(record=shared, invited_at=NOW, **wrong)


def test_a_kind_without_further_authors_takes_no_invitation(said):
    assert permit_on(malik(), Deed.INVITE, said.home, now=NOW).reason == "kind_takes_no_such_deed"
    assert permit_on(GUEST, Deed.JOIN, said.home, now=NOW).reason == "kind_takes_no_such_deed"


def test_nobody_is_invited_to_what_is_hidden(said):
    said.state = RecordState.HIDDEN
    said.save(update_fields=["state"])

    with pytest.raises(Refused, match="record_not_public"):
        invite(said, actor=jörg(), now=NOW)


@pytest.mark.parametrize("deed", [withdraw, erase])
def test_who_takes_back_while_somebody_joins_takes_nothing_from_them(said, deed):
    """The record was read before the other said yes."""
    as_it_was = fresh(said)
    write_together(said, ida())

    if deed is withdraw:
        with pytest.raises(Refused, match="others_wrote_it_too"):
            withdraw(as_it_was, actor=jörg(), now=LATER)
    else:
        erase(as_it_was, actor=jörg(), now=LATER)

    left = fresh(said)
    assert (left.state, left.body) == (RecordState.PUBLISHED, said.body)
    assert is_author(ida(), left)


def test_who_deletes_the_account_while_somebody_joins_takes_nothing_from_them(said, monkeypatch):
    as_it_was = fresh(said)
    write_together(said, ida())
    monkeypatch.setattr(accounts, "own_words", lambda _person: [as_it_was])

    delete_account(jörg(), erase_words=True, now=LATER)

    left = fresh(said)
    assert (left.body, left.author_id) == (said.body, ida().person.pk)
