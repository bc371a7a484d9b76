"""Moderation gives reasons, withdrawal is a right, and the log still verifies."""

import pytest

from cast import LATER, NOW, ayşe, ida, jörg, malik, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.heads import SignedHead, signature_holds
from mitstadt.methods.log.tree import leaf_hash
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions import moderation
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.errors import Refused
from mitstadt.spine.log import entry_of
from mitstadt.spine.models import (
    Act,
    ActContent,
    LogState,
    ModerationVerdict,
    Process,
    RecordState,
    ReportReason,
    SearchEntry,
)
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


def reported(**options):
    said = contribution(running_process(**options), actor=jörg(), body="Du Idiot.")
    case = moderation.report(said, actor=ida(), reason=ReportReason.INSULT, text="", now=NOW).case
    return said, case


def hide(case, actor, reason="Das beleidigt einen Menschen."):
    return moderation.decide(
        case, actor=actor, verdict=ModerationVerdict.HIDE, rule=ReportReason.INSULT, reason=reason, now=LATER
    )


def test_two_reports_of_one_record_share_a_case():
    said, case = reported()

    again = moderation.report(said, actor=malik(), reason=ReportReason.OTHER, text="Auch ich.", now=LATER)

    assert again.case == case
    assert case.reports.count() == 2


def test_hiding_needs_a_reason_which_the_author_can_read():
    said, case = reported()

    with pytest.raises(Refused, match="reason_missing"):
        hide(case, ayşe(), reason=" ")
    hide(case, ayşe())

    said.refresh_from_db()
    assert said.state == RecordState.HIDDEN
    assert said.moderation_cases.get().reason == "Das beleidigt einen Menschen."


def test_where_four_eyes_are_asked_for_one_person_cannot_hide_alone():
    said, case = reported()
    Process.objects.filter(pk=said.room_id).update(four_eyes=True)
    second = with_role(person("Bo"), Role.MODERATOR)

    assert hide(case, ayşe()).decided_at is None
    with pytest.raises(Refused, match="second_person_needed"):
        hide(case, ayşe())
    assert hide(case, second).decided_at == LATER


def test_an_appeal_is_decided_by_somebody_else_and_can_bring_the_words_back():
    said, case = reported()
    case = hide(case, ayşe())
    said.refresh_from_db()
    made = moderation.appeal(case, actor=jörg(), text="Es war ein Zitat.", now=LATER)

    with pytest.raises(Refused, match="decided_this_case"):
        moderation.decide_appeal(made, actor=ayşe(), upheld=False, reason="Nein.", now=LATER)
    moderation.decide_appeal(made, actor=malik(), upheld=True, reason="Stimmt.", now=LATER)

    said.refresh_from_db()
    assert said.state == RecordState.PUBLISHED


def test_an_appeal_is_made_once():
    _said, case = reported()
    case = hide(case, ayşe())
    moderation.appeal(case, actor=jörg(), text="Es war ein Zitat.", now=LATER)

    with pytest.raises(Refused, match="already_appealed"):
        moderation.appeal(case, actor=jörg(), text="Noch einmal.", now=LATER)


def test_a_withdrawn_comment_is_no_longer_counted_or_found():
    said = contribution(running_process(), actor=jörg())
    made = comment(said, actor=ida(), text="Vielleicht.", now=NOW)

    withdraw(made, actor=ida(), now=LATER)

    said.refresh_from_db()
    assert said.comment_count == 0
    assert not SearchEntry.objects.filter(record_id=made.pk).exists()


def recomputed_root():
    leaves = [leaf_hash(entry_of(act).line()) for act in Act.objects.order_by("index")]
    return Frontier().extend(leaves).root


def test_after_an_erasure_no_table_holds_the_words_and_the_log_still_verifies():
    said = contribution(running_process(), actor=jörg(), body="Meine Adresse ist Müllerstraße 5.")
    head_before = publish_head(now=NOW)

    erase(said, actor=jörg(), now=LATER)

    assert not ActContent.objects.filter(record_id=said.pk).exists()
    assert not any("Müllerstraße" in str(content) for content in ActContent.objects.values_list("content", flat=True))
    stored = Frontier.from_json(LogState.objects.get().frontier)
    assert recomputed_root() == stored.root
    leaves = [leaf_hash(entry_of(act).line()) for act in Act.objects.order_by("index")[: head_before.size]]
    assert SignedHead.from_text(head_before.text).head.root == Frontier().extend(leaves).root


def test_the_head_of_the_log_is_signed_with_the_citys_key():
    running_process()

    head = publish_head(now=NOW)

    assert signature_holds(SignedHead.from_text(head.text), log_key())
    assert publish_head(now=LATER) == head


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_its_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction"):
        record_act(actor=jörg(), verb=verbs.OPENED, record=None, now=NOW)
