"""People with tasks: invited by mail, resting, paused, told what waits; and codes that are revoked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from cast import LATER, NOW, ayşe, ida, jörg, krüger, malik, office, person, with_role
from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.alert_mails import send_alerts
from mitstadt.spine.actions.alerting import note_what_waits
from mitstadt.spine.actions.alerts import alert, choose_alerts, people_to_alert
from mitstadt.spine.actions.codes import issue_codes, redeem, revoke_batch, revoke_code
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.corrections import correct_entry
from mitstadt.spine.actions.erasing_for_others import propose_erasure
from mitstadt.spine.actions.invitations import (
    FORGET_AFTER,
    HOLDS_FOR,
    accept,
    forget_old_invitations,
    invite,
    open_invitations,
    revoke,
    set_up,
)
from mitstadt.spine.actions.moderation import report
from mitstadt.spine.actions.organisations import end_membership, give_membership, rest_membership, resume_membership
from mitstadt.spine.actions.pauses import end_pause, object_to, pause_account, pause_author
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.actors import actor_for
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import (
    Act,
    Alert,
    AlertKind,
    AlertOff,
    Channel,
    CodeBatch,
    Correction,
    Pause,
    Record,
    ReportReason,
    RoleInvitation,
    RoomRole,
)
from mitstadt.spine.permits import permit, permit_on
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]

NEW = "neu@example.org"


def sent(outbox) -> str:
    """The words of the last mail."""
    return outbox[-1].body


def code_in(text: str) -> str:
    """The secret of the link in a mail."""
    return re.search(r"/einladung-zur-aufgabe/([^/]+)/", text)[1]


def platform_lead():
    return with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True))


# Invited by mail


def test_whoever_has_no_account_is_invited_and_sets_it_up_by_the_link(mailoutbox):
    give_membership(office(), actor=malik(), email=NEW, role=Role.EDITOR, now=NOW)
    code = code_in(sent(mailoutbox))
    assert mailoutbox[-1].to == [NEW]
    assert code not in str(RoleInvitation.objects.values().get())

    who = set_up(code, display_name="Neue Kollegin", now=NOW)

    assert EmailAddress.objects.get(user=who).verified
    assert permit(actor_for(who), Deed.ANSWER, running_process(), now=NOW)
    with pytest.raises(Refused, match="invitation_to_role_unknown"):
        set_up(code, display_name="Noch einmal", now=NOW)


def test_an_invitation_to_one_room_gives_a_role_there_alone(mailoutbox):
    process = running_process()
    invite(process, actor=malik(), email=NEW, role=Role.MODERATOR, now=NOW)
    who = set_up(code_in(sent(mailoutbox)), display_name="Neu", now=NOW)

    assert RoomRole.objects.get(person=who).room_id == process.pk
    assert not Membership.objects.filter(person=who).exists()


def test_only_the_invited_address_takes_the_role_on(mailoutbox):
    invite(office(), actor=malik(), email=NEW, role=Role.OWNER, now=NOW)
    code = code_in(sent(mailoutbox))

    with pytest.raises(Refused, match="invitation_to_another"):
        accept(code, actor=jörg(), now=NOW)
    invited = Person.objects.create_account(email="NEU@example.org", display_name="Neu")
    with pytest.raises(Refused, match="has_an_account"):
        set_up(code, display_name="Wer anders", now=NOW)
    accept(code, actor=actor_for(invited), now=NOW)
    assert Membership.objects.get(person=invited).role == Role.OWNER


def test_a_link_lapses_is_revoked_and_is_replaced_by_a_newer_one(mailoutbox):
    made = invite(office(), actor=malik(), email=NEW, role=Role.EDITOR, now=NOW)
    first = code_in(sent(mailoutbox))
    with pytest.raises(Refused, match="invitation_to_role_unknown"):
        set_up(first, display_name="Neu", now=NOW + HOLDS_FOR)

    newer = invite(office(), actor=malik(), email=NEW, role=Role.EDITOR, now=NOW)
    with pytest.raises(Refused, match="invitation_to_role_unknown"):
        set_up(first, display_name="Neu", now=NOW)
    assert list(open_invitations(NOW)) == [newer]

    revoke(newer, actor=malik(), now=NOW)
    with pytest.raises(Refused, match="invitation_to_role_unknown"):
        set_up(code_in(sent(mailoutbox)), display_name="Neu", now=NOW)
    assert forget_old_invitations(now=NOW + FORGET_AFTER + timedelta(days=1)) == 2
    assert made.email == NEW
    assert not RoleInvitation.objects.exists()


def test_whoever_no_longer_leads_gives_no_role_by_a_link_that_they_sent_before(mailoutbox):
    malik()
    petra = with_role(person("Petra"), Role.OWNER)
    invite(office(), actor=petra, email=NEW, role=Role.OWNER, now=NOW)
    link = code_in(sent(mailoutbox))
    hers: dict[str, Any] = {"email": petra.person.email, "role": Role.OWNER, "now": NOW}
    rest_membership(office(), actor=malik(), reason="Wird geprüft.", **hers)

    with pytest.raises(Refused, match="invitation_to_role_unknown"):
        set_up(link, display_name="Neue Kollegin", now=NOW)

    resume_membership(office(), actor=malik(), **hers)
    assert set_up(link, display_name="Neue Kollegin", now=NOW).email == NEW


@pytest.mark.parametrize("who", [jörg, ayşe, krüger], ids=["no role", "moderates", "desk"])
def test_who_does_not_lead_neither_invites_nor_revokes(who):
    made = invite(office(), actor=malik(), email=NEW, role=Role.EDITOR, now=NOW)
    with pytest.raises(Refused, match="needs_leading_role"):
        invite(office(), actor=who(), email="andere@example.org", role=Role.EDITOR, now=NOW)
    with pytest.raises(Refused, match="needs_leading_role"):
        revoke(made, actor=who(), now=NOW)


# Resting, and told of it


def test_a_role_that_rests_permits_nothing_until_it_holds_again(mailoutbox):
    who = ayşe().person
    asked: dict[str, Any] = {"actor": malik(), "email": who.email, "role": Role.MODERATOR, "now": NOW}
    rest_membership(office(), **asked, reason="Elternzeit.")

    assert not permit(actor_for(who), Deed.MODERATE, running_process(), now=NOW)
    assert "Elternzeit." in sent(mailoutbox)
    with pytest.raises(Refused, match="role_rests_already"):
        rest_membership(office(), **asked, reason="Noch einmal.")
    resume_membership(office(), **asked)
    assert permit(actor_for(who), Deed.MODERATE, running_process(), now=NOW)


def test_the_last_one_who_leads_cannot_rest_and_one_who_rests_is_no_other_leader():
    lead, second = malik(), with_role(person("Ida"), Role.OWNER)
    asked: dict[str, Any] = {"role": Role.OWNER, "now": NOW, "reason": "Urlaub."}
    rest_membership(office(), actor=lead, email=second.person.email, **asked)

    with pytest.raises(Refused, match="last_leader"):
        rest_membership(office(), actor=lead, email=lead.person.email, **asked)
    with pytest.raises(Refused, match="last_leader"):
        end_membership(office(), actor=lead, email=lead.person.email, **asked)


def test_who_gets_or_loses_a_role_hears_it_at_once_with_the_reason(mailoutbox):
    who, lead = ida().person, malik()
    give_membership(office(), actor=lead, email=who.email, role=Role.MODERATOR, now=NOW)
    assert "Moderation, Bezirksamt Mitte" in sent(mailoutbox)
    end_membership(office(), actor=lead, email=who.email, role=Role.MODERATOR, reason="Stelle gewechselt.", now=LATER)
    assert mailoutbox[-1].to == [who.email]
    assert "Stelle gewechselt." in sent(mailoutbox)


# Paused


def test_who_is_paused_writes_nothing_there_and_keeps_every_right(mailoutbox):
    process = running_process()
    said, other = contribution(process, actor=jörg()), contribution(process, actor=ida())
    pause_author(said, actor=ayşe(), reason="Beleidigt andere.", now=NOW)
    paused = actor_for(person("Jörg"))

    assert permit_on(paused, Deed.COMMENT, other, now=NOW).reason == "paused"
    assert permit_on(paused, Deed.SUPPORT, other, now=NOW).reason == "paused"
    assert permit_on(paused, Deed.INVITE, said, now=NOW).reason == "paused"
    assert permit_on(paused, Deed.MERGE, said, now=NOW).reason == "paused"
    assert permit(paused, Deed.CONTRIBUTE, process, now=NOW).reason == "paused"
    with pytest.raises(Refused, match="paused"):
        comment(other, actor=paused, text="Trotzdem.", now=NOW)
    assert permit_on(paused, Deed.REPORT, other, now=NOW)
    withdraw(said, actor=paused, now=LATER)
    assert "Beleidigt andere." in sent(mailoutbox)
    assert Act.objects.get(verb="paused").details == {"organisation": "ba-mitte"}


def test_a_pause_of_one_office_does_not_hold_at_another():
    said = contribution(running_process(), actor=jörg())
    elsewhere = running_process(title="Und hier?", host=office("Bezirksamt Pankow", "ba-pankow"))
    other = contribution(elsewhere, actor=ida())
    pause_author(said, actor=ayşe(), reason="Beleidigt andere.", now=NOW)

    assert permit_on(actor_for(person("Jörg")), Deed.COMMENT, other, now=NOW)


def test_an_account_paused_everywhere_has_no_role_either():
    who = ayşe().person
    pause_account(who, actor=platform_lead(), reason="Zugang verloren.", now=NOW)
    said = contribution(running_process(), actor=jörg())

    paused = actor_for(Person.objects.get(pk=who.pk))
    assert not paused.grants
    assert permit_on(paused, Deed.COMMENT, said, now=NOW).reason == "paused"


def test_two_who_pause_each_other_at_once_leave_one_who_leads():
    one, other = platform_lead(), with_role(person("Roberta"), Role.OWNER, office("Senatskanzlei", "skzl"))
    pause_account(other.person, actor=one, reason="Zugang verloren.", now=NOW)

    with pytest.raises(Refused, match="needs_platform_lead"):
        pause_account(one.person, actor=other, reason="Zugang verloren.", now=NOW)


def test_who_ends_a_pause_may_pause_there_and_a_reason_is_given():
    said = contribution(running_process(), actor=jörg())
    made = pause_author(said, actor=ayşe(), reason="Beleidigt andere.", now=NOW)
    neighbour = with_role(person("Svenja"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    for stranger in (ida(), krüger(), neighbour):
        with pytest.raises(Refused, match="needs_role"):
            end_pause(made, actor=stranger, reason="Gut.", now=LATER)
    with pytest.raises(Refused, match="pause_is_ones_own"):
        end_pause(made, actor=jörg(), reason="Gut.", now=LATER)
    with pytest.raises(Refused, match="reason_missing"):
        end_pause(made, actor=malik(), reason=" ", now=LATER)
    end_pause(made, actor=malik(), reason="Hat sich entschuldigt.", now=LATER)
    assert permit_on(actor_for(person("Jörg")), Deed.COMMENT, contribution(running_process(), actor=ida()), now=NOW)
    with pytest.raises(Refused, match="not_paused"):
        end_pause(made, actor=malik(), reason="Noch einmal.", now=LATER)


def test_nobody_ends_their_own_pause_whatever_they_lead_elsewhere():
    made = pause_author(
        contribution(running_process(), actor=platform_lead()), actor=ayşe(), reason="Beleidigt andere.", now=NOW
    )

    with pytest.raises(Refused, match="pause_is_ones_own"):
        end_pause(made, actor=actor_for(person("Robert")), reason="Reicht.", now=LATER)
    assert Pause.objects.get().ended_at is None


def test_who_is_paused_by_their_own_office_has_no_task_there_and_keeps_those_elsewhere():
    who = with_role(person("Svenja"), Role.MODERATOR)
    with_role(who.person, Role.EDITOR, office("Bezirksamt Pankow", "ba-pankow"))
    pause_author(contribution(running_process(), actor=who), actor=malik(), reason="Beleidigt andere.", now=NOW)

    paused = actor_for(Person.objects.get(pk=who.person.pk))

    assert {grant.organisation_id for grant in paused.grants} == {office("Bezirksamt Pankow", "ba-pankow").pk}


def test_one_of_two_pauses_that_ends_leaves_the_other():
    said = contribution(running_process(), actor=jörg())
    made = pause_author(said, actor=ayşe(), reason="Beleidigt.", now=NOW)
    pause_account(jörg().person, actor=platform_lead(), reason="Droht.", now=NOW)

    end_pause(made, actor=malik(), reason="Erledigt.", now=LATER)

    assert actor_for(person("Jörg")).paused_in == {None}


def test_the_paused_object_once_and_nobody_else_for_them():
    said = contribution(running_process(), actor=jörg())
    made = pause_author(said, actor=ayşe(), reason="Beleidigt.", now=NOW)

    with pytest.raises(Refused, match="not_yours"):
        object_to(made, actor=ida(), text="Nein.", now=NOW)
    object_to(made, actor=jörg(), text="Das war ein Zitat.", now=NOW)
    with pytest.raises(Refused, match="objected_already"):
        object_to(made, actor=jörg(), text="Noch einmal.", now=NOW)
    assert Pause.objects.get().objection == "Das war ein Zitat."


def test_nobody_objects_to_a_pause_that_is_over():
    made = pause_author(contribution(running_process(), actor=jörg()), actor=ayşe(), reason="Beleidigt.", now=NOW)
    end_pause(made, actor=malik(), reason="Erledigt.", now=NOW)

    with pytest.raises(Refused, match="not_paused"):
        object_to(made, actor=jörg(), text="Zu spät.", now=LATER)


def test_a_moderator_of_one_room_or_oneself_is_not_paused_or_pausing():
    process = running_process()
    said, own = contribution(process, actor=jörg()), contribution(process, actor=ayşe())
    RoomRole.objects.create(room=process, person=ida().person, role=Role.MODERATOR)

    with pytest.raises(Refused, match="needs_role"):
        pause_author(said, actor=actor_for(ida().person), reason="Stört.", now=NOW)
    with pytest.raises(Refused, match="pause_of_oneself"):
        pause_author(own, actor=ayşe(), reason="Stört.", now=NOW)


# An account that ends on request


def test_with_an_account_goes_what_was_sent_to_its_address():
    for address in (ida().person.email, "andere@example.org"):
        invite(office(), actor=malik(), email=address, role=Role.EDITOR, now=NOW)

    delete_account(ida(), erase_words=False, now=NOW)

    assert [one.email for one in RoleInvitation.objects.all()] == ["andere@example.org"]


def test_with_the_words_of_an_account_go_those_of_its_reports():
    other = contribution(running_process(), actor=ida())
    made = report(other, actor=jörg(), reason=ReportReason.OTHER, text="Ich wohne in der Osloer Straße 3.", now=NOW)

    delete_account(jörg(), erase_words=True, now=LATER)

    made.refresh_from_db()
    assert made.text == ""


# Told what waits


def test_each_thing_is_told_once_to_those_who_can_see_to_it_and_to_nobody_else(mailoutbox):
    process = running_process()
    said = contribution(process, actor=jörg())
    moderator, clerk = ayşe().person, krüger().person
    report(said, actor=ida(), reason=ReportReason.OTHER, text="", now=NOW)
    propose_erasure(said, actor=malik(), reason="Brief.", now=NOW)

    assert note_what_waits(now=NOW) > 0
    assert note_what_waits(now=NOW) == 0

    told = set(Alert.objects.filter(person=moderator).values_list("kind", flat=True))
    assert {"report", "erasure", "first"} <= told
    assert set(Alert.objects.filter(person=clerk).values_list("kind", flat=True)) == {"first"}
    assert not Alert.objects.filter(person=jörg().person).exists()
    assert not Alert.objects.filter(kind="erasure", person=malik().person).exists()


def test_fifty_things_are_one_mail_and_the_next_one_comes_the_next_day(mailoutbox):
    who = ayşe().person
    for number in range(50):
        facts = {"place": "Leopoldplatz", "ref": f"R-{number}", "path": "/moderation/"}
        alert([who.pk], AlertKind.REPORT, f"case-{number}", facts=facts, now=NOW)
    assert list(people_to_alert(NOW)) == [who]

    assert send_alerts(who.pk, now=NOW) == 1
    assert send_alerts(who.pk, now=NOW) == 0
    assert len(mailoutbox) == 1
    assert "R-0 " in sent(mailoutbox)
    assert "R-49 " in sent(mailoutbox)
    alert([who.pk], AlertKind.REPORT, "case-51", facts={"place": "x", "ref": "y"}, now=NOW)
    assert not people_to_alert(NOW + timedelta(hours=19)).exists()
    assert people_to_alert(NOW + timedelta(hours=21)).exists()


def test_what_somebody_switched_off_is_not_told_but_their_own_rights_always_are():
    who = ayşe().person
    choose_alerts(who, [AlertKind.APPEAL])

    assert alert([who.pk], AlertKind.REPORT, "case-1", facts={"place": "x", "ref": "y"}, now=NOW) == 0
    assert alert([who.pk], AlertKind.APPEAL, "appeal-1", facts={"place": "x", "ref": "y"}, now=NOW) == 1
    assert set(AlertOff.objects.values_list("kind", flat=True)) & {"role", "pause"} == set()
    facts = {"what": "role_given", "role": "editor", "place": "x"}
    assert alert([who.pk], AlertKind.ROLE, "role-1", facts=facts, now=NOW) == 1


def test_a_mail_comes_in_the_language_of_its_reader(mailoutbox):
    who = ayşe().person
    Person.objects.filter(pk=who.pk).update(language="en")
    alert([who.pk], AlertKind.REPORT, "case-1", facts={"place": "Leopoldplatz", "ref": "7K3Q-M9XD"}, now=NOW)
    send_alerts(who.pk, now=NOW)

    assert "Leopoldplatz: 7K3Q-M9XD is waiting for a decision by the moderators." in sent(mailoutbox)


# Codes


def test_a_batch_is_revoked_and_printed_anew_and_used_codes_stay():
    process, who = running_process(), malik()
    used, unused = issue_codes(process, actor=who, count=2, channel=Channel.PAPER, now=NOW)
    redeem(used, now=NOW)
    batch = CodeBatch.objects.get()
    with pytest.raises(Refused, match="reason_missing"):
        revoke_batch(batch, actor=who, reason="", now=NOW)

    count, anew = revoke_batch(batch, actor=who, reason="Papierstau.", print_anew=True, now=NOW)

    assert (count, len(anew)) == (1, 1)
    redeem(used, now=NOW)
    redeem(anew[0], now=NOW)
    with pytest.raises(Refused, match="code_revoked"):
        redeem(unused, now=NOW)
    assert [one.number for one in CodeBatch.objects.order_by("number")] == [1, 2]


def test_a_single_code_is_revoked_and_whoever_has_it_acts_no_more():
    process, who = running_process(), malik()
    [secret] = issue_codes(process, actor=who, count=1, channel=Channel.PAPER, now=NOW)
    holder = redeem(secret, now=NOW).person
    was = holder.password

    revoke_code(process, secret, actor=krüger(), reason="Verloren.", now=NOW)

    holder.refresh_from_db()
    assert actor_for(holder).code_room_id is None
    assert holder.password != was
    for stranger in (jörg(), ayşe()):
        with pytest.raises(Refused, match="needs_role"):
            revoke_code(process, secret, actor=stranger, reason="Verloren.", now=NOW)


# The desk corrects


def typed(body: str = "Mehr Bänke im Schaten.") -> Record:
    said = contribution(running_process(), actor=jörg(), body=body)
    Record.objects.filter(pk=said.pk).update(entered_by=krüger().person)
    said.refresh_from_db()
    return said


def test_any_clerk_of_the_room_corrects_and_what_stood_there_stays():
    said, colleague = typed(), with_role(person("Herr Wolf"), Role.DESK_CLERK)

    correct_entry(said, actor=colleague, texts={"body": "Mehr Bänke im Schatten."}, reason="Tippfehler.", now=LATER)

    said.refresh_from_db()
    assert said.body == "Mehr Bänke im Schatten."
    assert Correction.objects.get().before == {"body": "Mehr Bänke im Schaten."}
    assert Act.objects.get(verb="corrected_entry").details == {"reason": "Tippfehler.", "fields": ["body"]}


def test_what_nobody_typed_for_another_or_what_is_answered_is_not_corrected():
    own, answered = contribution(running_process(), actor=jörg()), typed()
    Record.objects.filter(pk=answered.pk).update(answer_state="noted")
    asked: dict[str, Any] = {"actor": krüger(), "texts": {"body": "Anders."}, "reason": "Tippfehler.", "now": LATER}

    with pytest.raises(Refused, match="not_entered_at_the_desk"):
        correct_entry(own, **asked)
    with pytest.raises(Refused, match="correct_answered"):
        correct_entry(answered, **asked)
    with pytest.raises(Refused, match="needs_role"):
        correct_entry(typed(), **{**asked, "actor": ayşe()})
    with pytest.raises(Refused, match="unchanged"):
        correct_entry(typed(), **{**asked, "texts": {"body": "Mehr Bänke im Schaten."}})
