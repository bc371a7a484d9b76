"""Nobody judges a case or an appeal of their own, or one in which they took part: every way of taking part is tried."""

import pytest

from cast import LATER, NOW, ida, jörg, malik, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions import moderation
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import ModerationCase, ModerationVerdict, Process, ReportReason
from mitstadt.spine.permits import permit_agreeing, permit_appeal_decision, permit_opening, permit_verdict
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


def bo():
    """The moderator whose part is tried."""
    return with_role(person("Bo"), Role.MODERATOR)


def first():
    """The moderator who judges first."""
    return with_role(person("Ayşe"), Role.MODERATOR)


def third():
    """A moderator who took no part."""
    return with_role(person("Cem"), Role.MODERATOR)


def _author(said):
    said.author = bo().person
    said.save(update_fields=["author"])


def _co_author(said):
    join(invite(said, actor=jörg(), now=NOW), actor=bo(), now=NOW)


def _merged(said):
    other = contribution(said.room, actor=bo(), body="Das meine ich auch.")
    merge([other], said, actor=malik(), reason="Beide sagen dasselbe.", now=NOW)


def _reporter(said):
    moderation.report(said, actor=bo(), reason=ReportReason.INSULT, text="", now=NOW)


def _nothing(said):
    del said


# What Bo did, and why they judge neither the case nor the appeal; empty where they may.
PARTS = {
    "nothing": (_nothing, ""),
    "author": (_author, "own_case"),
    "co-author": (_co_author, "own_case"),
    "merged": (_merged, "own_case"),
    "reporter": (_reporter, "reported_this_case"),
}


def judged(part, *, four_eyes):
    """A case in which Bo took this part, as it stands before anybody decided."""
    process = running_process()
    Process.objects.filter(pk=process.pk).update(four_eyes=four_eyes)
    said = contribution(process, actor=jörg(), body="Du Idiot.")
    PARTS[part][0](said)
    case = moderation.report(said, actor=ida(), reason=ReportReason.INSULT, text="", now=NOW).case
    case.refresh_from_db()
    return case


def hide(case, actor):
    return moderation.decide(
        case, actor=actor, verdict=ModerationVerdict.HIDE, rule="insult", reason="Das beleidigt.", now=LATER
    )


@pytest.mark.parametrize("part", PARTS)
def test_no_verdict_by_anyone_who_took_part(part):
    case = judged(part, four_eyes=False)

    assert permit_verdict(bo(), case).reason == PARTS[part][1]
    assert permit_verdict(third(), case).reason == ""
    assert permit_verdict(ida(), case).reason == "needs_role"


@pytest.mark.parametrize("part", PARTS)
def test_no_second_of_two_who_took_part(part):
    case = hide(judged(part, four_eyes=True), first())

    assert permit_agreeing(bo(), case).reason == PARTS[part][1]
    assert permit_agreeing(third(), case).reason == ""
    assert permit_agreeing(first(), case).reason == "second_person_needed"


@pytest.mark.parametrize("four_eyes", [False, True])
@pytest.mark.parametrize("part", PARTS)
def test_no_appeal_is_decided_by_anyone_who_took_part(part, four_eyes):
    case = hide(judged(part, four_eyes=four_eyes), first())
    if four_eyes:
        case = moderation.agree(case, actor=malik(), now=LATER)

    assert permit_appeal_decision(bo(), case).reason == PARTS[part][1]
    assert permit_appeal_decision(third(), case).reason == ""
    assert permit_appeal_decision(first(), case).reason == "decided_this_case"
    assert permit_appeal_decision(malik(), case).reason == ("decided_this_case" if four_eyes else "")
    assert permit_appeal_decision(ida(), case).reason == "needs_role"


def test_whoever_opened_a_case_without_a_report_does_not_judge_the_appeal():
    said = contribution(running_process(), actor=jörg(), body="Du Idiot.")
    case = hide(moderation.look_at(said, actor=bo(), now=NOW), first())

    assert permit_appeal_decision(bo(), case).reason == "decided_this_case"
    assert permit_appeal_decision(third(), case).reason == ""


@pytest.mark.parametrize("part", ["author", "co-author", "merged"])
def test_nobody_opens_a_case_about_their_own_words(part):
    said = contribution(running_process(), actor=jörg(), body="Du Idiot.")
    PARTS[part][0](said)
    said.refresh_from_db()

    assert permit_opening(bo(), said).reason == "own_case"
    assert permit_opening(third(), said).reason == ""
    assert permit_opening(ida(), said).reason == "needs_role"


def test_what_nobody_reads_any_more_is_not_looked_at_again():
    case = judged("nothing", four_eyes=False)
    hide(case, first())
    case.record.refresh_from_db()

    assert permit_opening(third(), case.record).reason == "record_not_public"


def test_nobody_agrees_to_what_is_decided_already():
    case = hide(judged("nothing", four_eyes=True), first())
    moderation.agree(case, actor=bo(), now=LATER)

    with pytest.raises(Refused, match="case_decided"):
        moderation.agree(case, actor=third(), now=LATER)


def test_what_two_began_is_not_ended_by_one_when_the_room_asks_for_one_meanwhile():
    case = hide(judged("nothing", four_eyes=True), first())
    Process.objects.update(four_eyes=False)

    with pytest.raises(Refused, match="second_person_needed"):
        hide(ModerationCase.objects.get(pk=case.pk), first())
    assert hide(ModerationCase.objects.get(pk=case.pk), third()).decided_at
