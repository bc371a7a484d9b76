"""An organisation founded by mistake goes without a trace but in the log; one in use is closed in public."""

import pytest
from django.db import IntegrityError, transaction

from cast import AFTER_THE_PHASE, LATER, NOW, closed_early, jörg, malik, office, person, with_role
from mitstadt.ground.organisations.models import Membership, Organisation, OrganisationKind, Role
from mitstadt.spine.actions.amendments import amend
from mitstadt.spine.actions.closing_organisations import end_organisation, reopen_organisation
from mitstadt.spine.actions.organisations import OrganisationFacts, found_organisation, give_membership
from mitstadt.spine.actions.processes import declare_promise_kept, prepare_process
from mitstadt.spine.actions.rooms import add_host
from mitstadt.spine.amending import HAND_OVER
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Commitment
from mitstadt.spine.queries.decisions import bodies_for
from mitstadt.spine.tests.trial_format import running_process

pytestmark = pytest.mark.django_db
WHY = "Aus Versehen doppelt angelegt."


def robert():
    return with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True))


def founded(name: str = "Amt für Bäume") -> Organisation:
    made = found_organisation(OrganisationFacts(name, OrganisationKind.ADMINISTRATION), actor=robert(), now=NOW)
    for mail in (person("Eva").email or "", "neu@example.org"):
        give_membership(made, actor=robert(), email=mail, role=Role.OWNER, now=NOW)
    return made


def test_what_was_founded_by_mistake_goes_with_its_people_and_its_address_is_never_anothers():
    made = founded()

    assert end_organisation(made, actor=robert(), reason=WHY, now=NOW)

    assert not Organisation.objects.filter(slug=made.slug).exists()
    assert not Membership.objects.filter(person=person("Eva")).exists()
    act = Act.objects.get(verb="removed_organisation")
    assert act.details == {"organisation": made.slug, "reason": WHY}
    assert founded().slug != made.slug


def test_one_on_which_something_hangs_is_closed_and_stays_to_be_read():
    process = closed_early(running_process())
    declare_promise_kept(process, actor=malik(), now=AFTER_THE_PHASE)

    assert not end_organisation(process.host, actor=robert(), reason=WHY, now=LATER)

    kept = Organisation.objects.get(pk=process.host.pk)
    assert (kept.closed_at, kept.close_reason) == (LATER, WHY)
    assert Act.objects.get(verb="closed_organisation").details["reason"] == WHY


def test_nothing_new_begins_with_one_that_is_closed_until_it_is_opened_again():
    process = running_process()
    old = office("Altes Amt", "altes-amt", level="senate", closed_at=NOW, close_reason=WHY)
    leads = with_role(person("Svenja"), Role.OWNER, old)

    with pytest.raises(Refused, match="organisation_closed"):
        prepare_process(host=old, actor=leads, title="Wie?", body="So.", now=NOW)
    with pytest.raises(Refused, match="organisation_closed"):
        add_host(process, old, actor=malik(), now=NOW)
    with pytest.raises(Refused, match="no_such_organisation"):
        amend(process, HAND_OVER, actor=malik(), after={"host_id": old.pk}, reason=WHY, now=NOW)
    assert old not in bodies_for(process.host)
    reopen_organisation(old, actor=robert(), reason="Doch nicht aufgelöst.", now=LATER)

    assert old in bodies_for(process.host)
    assert prepare_process(host=old, actor=leads, title="Wie?", body="So.", now=LATER).pk


def test_who_still_owes_an_answer_is_not_closed_over_it():
    process = running_process()
    with pytest.raises(Refused, match="organisation_owes"):
        end_organisation(process.host, actor=robert(), reason=WHY, now=NOW)
    closed_early(process)

    # The promise of an answer outlives the process.
    with pytest.raises(Refused, match="organisation_owes"):
        end_organisation(process.host, actor=robert(), reason=WHY, now=LATER)


def test_only_who_leads_the_platform_does_so_and_never_to_its_own():
    made = founded()
    for stranger in (malik(), jörg(), with_role(person("Eva"), Role.OWNER, made)):
        with pytest.raises(Refused, match="needs_platform_lead"):
            end_organisation(made, actor=stranger, reason=WHY, now=NOW)
    with pytest.raises(Refused, match="runs_the_platform"):
        end_organisation(office("Senatskanzlei", "skzl"), actor=robert(), reason=WHY, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=made.pk).update(closed_at=NOW)


@pytest.mark.parametrize("duty", ["invites too", "decides"])
def test_one_that_still_has_a_part_in_what_is_open_is_not_closed(duty):
    process, beside = running_process(), office("Amt nebenan", "nebenan", level="senate")
    if duty == "decides":
        Commitment.objects.filter(process=process).update(decided_by=beside)
    else:
        add_host(process, actor=malik(), organisation=beside, now=NOW)

    with pytest.raises(Refused):
        end_organisation(beside, actor=robert(), reason=WHY, now=NOW)
    assert Organisation.objects.get(pk=beside.pk).closed_at is None
