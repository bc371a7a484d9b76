"""What may be done now follows from what is open now, and from who asks."""

from datetime import timedelta

import pytest

from cast import AFTER_THE_PHASE, LATER, NOW, ayşe, jörg, krüger, malik, office, person, prepared_process, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions.codes import issue_codes, redeem
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Access, Channel, Process, Record
from mitstadt.spine.permits import permit, permit_on
from mitstadt.spine.queries.visibility import visible_to
from mitstadt.spine.tests.trial_format import contribution, part_in, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


def test_jörg_may_contribute_while_the_phase_runs():
    assert permit(jörg(), Deed.CONTRIBUTE, part_in(running_process()), now=NOW)


def test_after_the_deadline_the_permit_says_when_it_ended():
    refused = permit(jörg(), Deed.CONTRIBUTE, part_in(running_process()), now=AFTER_THE_PHASE)

    assert not refused
    assert "3. Juni 2027" in str(refused.sentence)


def test_before_the_phase_the_permit_says_when_it_begins():
    refused = permit(jörg(), Deed.CONTRIBUTE, part_in(running_process()), now=NOW - timedelta(days=2))

    assert refused.reason == "phase_not_yet"
    assert "3. Mai 2027" in str(refused.sentence)


def test_the_last_moment_of_a_phase_is_outside():
    process = running_process()
    end = process.phases.get().closes_at

    assert permit(jörg(), Deed.CONTRIBUTE, part_in(process), now=end - timedelta(microseconds=1))
    assert not permit(jörg(), Deed.CONTRIBUTE, part_in(process), now=end)


@pytest.mark.parametrize(
    ("access", "reason"), [(Access.ANYONE, ""), (Access.CODE, "needs_code"), (Access.ACCOUNT, "needs_account")]
)
def test_linh_without_an_account_may_take_part_where_the_process_says_so(access, reason):
    assert permit(GUEST, Deed.CONTRIBUTE, part_in(running_process(access=access)), now=NOW).reason == reason


def test_a_code_gives_full_rights_in_its_process_and_none_in_another():
    here, there = running_process(access=Access.CODE), running_process(title="Anderswo?", access=Access.CODE)
    [secret] = issue_codes(here, actor=krüger(), count=1, channel=Channel.PAPER, now=NOW)
    linh = actor_for(redeem(secret.lower().replace("-", " "), now=NOW).person)

    assert permit(linh, Deed.CONTRIBUTE, part_in(here), now=NOW)
    assert permit(linh, Deed.CONTRIBUTE, part_in(there), now=NOW).reason == "code_of_other_room"


def test_the_same_code_leads_to_the_same_person():
    process = running_process()
    [secret] = issue_codes(process, actor=krüger(), count=1, channel=Channel.PAPER, now=NOW)

    assert redeem(secret, now=NOW).person == redeem(secret, now=LATER).person


def test_a_code_that_was_never_issued_is_refused():
    with pytest.raises(Refused, match="code_unknown"):
        redeem("2222-2222-2222-2222", now=NOW)


def test_frau_krüger_enters_forms_that_the_post_brings_after_the_deadline_for_three_days():
    process = running_process()
    end = process.phases.get().closes_at

    assert permit(krüger(), Deed.ENTER_FOR_OTHERS, part_in(process), now=end + timedelta(days=2))
    assert not permit(krüger(), Deed.ENTER_FOR_OTHERS, part_in(process), now=end + timedelta(days=3))
    assert not permit(jörg(), Deed.ENTER_FOR_OTHERS, part_in(process), now=NOW)


@pytest.mark.parametrize("deed", [Deed.ANSWER, Deed.MODERATE, Deed.EDIT_PART, Deed.SEE_DASHBOARD, Deed.CLOSE])
def test_a_role_in_one_office_gives_nothing_in_the_process_of_another(deed):
    process = running_process()
    stranger = with_role(person("Petra"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    assert permit(malik(), deed, process, now=NOW)
    assert permit(stranger, deed, process, now=NOW).reason == "needs_role"


def test_who_speaks_for_an_organisation_does_not_work_on_its_processes():
    process = running_process()
    speaker = with_role(person("Rosa"), Role.CONTRIBUTOR)

    assert not permit(speaker, Deed.SEE_DASHBOARD, process, now=NOW)
    assert not speaker.works_on(process)


def test_a_role_in_the_office_that_runs_the_platform_holds_everywhere():
    process = running_process()
    platform = office("Senatskanzlei", "skzl", runs_platform=True)

    assert permit(with_role(person("Mina"), Role.MODERATOR, platform), Deed.MODERATE, process, now=NOW)


def test_a_draft_is_seen_by_its_host_and_by_nobody_else():
    process = prepared_process()
    records = Record.objects.filter(pk=process.pk)

    assert visible_to(malik(), records).exists()
    assert not visible_to(jörg(), records).exists()
    assert not visible_to(GUEST, records).exists()


def test_nobody_but_the_author_withdraws_a_contribution():
    said = contribution(running_process(), actor=jörg())

    assert permit_on(jörg(), Deed.WITHDRAW, said, now=NOW)
    assert permit_on(malik(), Deed.WITHDRAW, said, now=NOW).reason == "not_yours"
    assert permit_on(ayşe(), Deed.ERASE, said, now=NOW).reason == "not_yours"


def test_a_comment_on_a_hidden_record_is_refused():
    said = contribution(running_process(), actor=jörg())
    Record.objects.filter(pk=said.pk).update(state="hidden")
    said.refresh_from_db()

    with pytest.raises(Refused, match="record_not_public"):
        comment(said, actor=jörg(), text="Doch!", now=NOW)


def test_who_works_on_a_draft_finds_it_among_processes_and_among_records():
    draft = prepared_process()

    for who, sees in [(malik(), True), (ayşe(), True), (jörg(), False), (GUEST, False)]:
        assert visible_to(who, Process.objects.all()).filter(pk=draft.pk).exists() is sees
        assert visible_to(who, Record.objects.all()).filter(pk=draft.pk).exists() is sees
