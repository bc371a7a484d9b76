"""The ten laws of the domain, one test each; more about each stands beside the code."""

import json
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from cast import LATER, NOW, changed_by_two, jörg, krüger, malik, prepared_process
from html_client import CityClient
from mitstadt.ground import clock
from mitstadt.methods.log import Header, SignedHead, exported_lines, verify_log
from mitstadt.participation.drafting import computations, links
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.takings import take_over
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Passage
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine import formats
from mitstadt.spine.actions import answers, comments, processes, supports, withdrawal
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.amending import COMMITMENT
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.log import entry_of
from mitstadt.spine.models import (
    Act,
    AnswerDecision,
    Channel,
    Commitment,
    Link,
    Record,
    Standing,
    Turn,
)
from mitstadt.spine.models import SignedHead as StoredHead
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.trails import trail_of
from mitstadt.spine.texts import REASONS, sentence_for

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture
def text():
    return opened()


@pytest.fixture
def bench(text):
    return passage(text, "Der Platz")


@pytest.fixture(autouse=True)
def _time_of_the_cast(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_law_1_without_a_complete_commitment_no_process_opens_and_no_opened_one_changes_silently(text):
    process = text.home
    incomplete = prepared_process("Was wird aus dem Markt?")
    processes.write_commitment(incomplete, actor=malik(), fields={"money": ""}, now=NOW)

    with pytest.raises(Refused, match="commitment_incomplete"):
        processes.open_process(incomplete, actor=malik(), now=NOW)
    with pytest.raises(Refused, match="already_open"):
        processes.write_commitment(process, actor=malik(), fields={"money": "keines"}, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(process=process).update(money="")
    changed_by_two(process, COMMITMENT, after={"money": "300.000 Euro."}, reason="Der Haushalt wurde gekürzt.")
    change = process.commitment.changes.get()
    assert (change.before, change.after) == ("400.000 Euro aus dem Haushalt 2028.", "300.000 Euro.")
    assert Act.objects.filter(verb="changed_commitment", ref=process.ref).exists()


@pytest.mark.parametrize("channel", Channel)
def test_law_2_whichever_way_it_came_a_contribution_has_a_ref_and_its_trail_is_read_with_that_alone(bench, channel):
    said = Said(form=ContributionForm.COMMENT, body="Bitte auch nachts hell.")
    entered_by = None if channel == Channel.WEB else krüger()

    made = contribute(bench, actor=jörg().on_channel(channel), said=said, now=NOW, entered_by=entered_by)
    page = CityClient().get(f"/{made.ref.lower().replace('-', '')}", follow=True)

    assert made.channel == channel
    assert page.status_code == 200
    assert made.ref in page.content.decode()
    assert "Bitte auch nachts hell." in page.content.decode()


def test_law_3_a_new_edition_copies_nothing_and_loses_no_author_no_support_no_comment(text, bench):
    proposed = wording_for(bench, "Der Platz lädt alle ein.", actor=jörg(), body="Kürzer.")
    supports.support(proposed, actor=malik(), now=NOW)
    comments.comment(proposed, actor=malik(), text="Gut.", now=NOW)
    before = set(Contribution.objects.values_list("pk", flat=True))

    take_over(proposed, actor=malik(), reason="Ja.", now=LATER)
    publish_edition(text, actor=malik(), now=LATER, note="Kürzer.")

    proposed.refresh_from_db()
    assert set(Contribution.objects.values_list("pk", flat=True)) == before
    assert (proposed.author, proposed.support_count, proposed.comment_count) == (jörg().person, 1, 1)
    assert proposed.passage_id == bench.pk
    now_reads = Link.objects.get(source_id=proposed.pk, type=links.TAKEN_UP_IN).target
    assert now_reads.body == "Der Platz lädt alle ein."
    assert Link.objects.filter(source_id=bench.pk, target_id=now_reads.pk, type=links.CHANGED_TO).exists()


def test_law_4_what_may_be_done_is_asked_in_one_place_and_follows_from_the_phase(text):
    after = text.phases.get().closes_at

    for deed in formats.format_of(text).opens:
        assert permit(jörg(), deed, text, now=NOW)
        assert permit(jörg(), deed, text, now=after).reason == "phase_over"
    assert permit(malik(), Deed.ANSWER, text, now=after)
    assert permit(jörg(), Deed.ANSWER, text, now=NOW).reason == "needs_role"


def test_law_5_one_person_counts_once_whatever_the_channels_and_the_database_holds_it(bench):
    made = comment_at(bench, actor=malik())

    assert supports.support(made, actor=jörg(), now=NOW)
    assert not supports.support(made, actor=jörg().on_channel(Channel.PAPER), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(
            record_id=made.pk,
            deed="support",
            person=jörg().person,
            standing=Standing.ACCOUNT,
            channel=Channel.DESK,
            day=NOW.date(),
            at=NOW,
        )
    made.refresh_from_db()
    assert made.support_count == 1


def test_law_6_nothing_about_people_is_kept_that_could_be_counted_in_small_cells():
    """As long as no format asks who took part, no table may hold age, gender or where a person lives."""
    columns = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    of_people = {field.name for field in apps.get_model("people", "Person")._meta.get_fields() if field.concrete}

    assert not columns & {"age", "age_band", "gender", "birthday", "birth_date", "nationality", "postal_code"}
    assert "area" not in of_people


def test_law_7_what_was_refused_or_answered_has_a_reason(text, bench):
    made = comment_at(bench, actor=jörg())

    with pytest.raises(Refused, match="reason_missing"):
        answers.answer([made], room=text.home, actor=malik(), decision=AnswerDecision.NOT, reason=" ", now=NOW)
    with pytest.raises(Refused) as refusal:
        contribute(bench, actor=jörg(), said=Said(ContributionForm.COMMENT, "Spät."), now=NOW + timedelta(days=40))
    assert "Die Frist endete am" in str(refusal.value.sentence)
    every = set(re.findall(r"%\((\w+)\)", " ".join(map(str, REASONS.values())))) - {"until"}
    assert all(sentence_for(reason, NOW, **dict.fromkeys(every, "Eins.")).endswith(".") for reason in REASONS)


def test_law_8_the_same_input_gives_the_same_result(text, bench):
    wording_for(bench, "Der Platz lädt alle ein.", actor=jörg())
    proposed = Contribution.objects.get()
    take_over(proposed, actor=malik(), reason="Ja.", now=LATER)
    publish_edition(text, actor=malik(), now=LATER, note="Kürzer.")

    old, new = (list(Passage.objects.filter(edition__number=number).order_by("position")) for number in (1, 2))
    arrows, _dropped = computations.trace(
        [computations.OldPassage(str(p.pk), p.body) for p in old],
        [computations.NewPassage(str(p.pk), p.body, None) for p in new],
    )

    links = Link.objects.filter(source__kind="passage", target__kind="passage")
    stored = {(str(link.source_id), str(link.target_id), link.type) for link in links}
    assert stored == {(arrow.old, arrow.new, arrow.type) for arrow in arrows}
    assert len(stored) == len(old)


def test_law_9_without_a_script_an_account_or_a_mouse_every_deed_is_a_form_that_is_sent(text, bench):
    """The deeds of a citizen are plain forms; the journeys in a browser walk them without script and by keyboard."""
    guest = CityClient(unique_titles=False)
    url = reverse("contribute", args=[text.ref, bench.ref, "comment"])
    form = guest.get(url).context["form"]

    sent = guest.post(
        url,
        {
            "submission_key": str(form["submission_key"].value()),
            "body": "Bitte auch nachts hell.",
            "similar_seen": "on",
        },
        follow=True,
    )

    made = Contribution.objects.get()
    assert made.ref in sent.content.decode()
    assert guest.post(reverse("support", args=[made.ref])).status_code == 302
    assert Turn.objects.filter(record_id=made.pk).count() == 1


def test_law_10_what_is_erased_is_gone_from_every_table_and_the_log_still_verifies(bench):
    made = wording_for(bench, "Zwitscherpapagei auf dem Platz.", actor=jörg(), body="Zwitscherpapagei")
    publish_head(now=NOW)

    withdrawal.erase(made, actor=jörg(), now=NOW)
    publish_head(now=LATER)

    assert "Zwitscherpapagei" not in _every_row()
    found = verify_log(_exported(), keys=[log_key()])
    assert found.sound, found.faults
    assert found.heads == 2
    assert Record.objects.get(pk=made.pk).ref == made.ref
    assert [step.verb for step in trail_of(Record.objects.get(pk=made.pk)).steps] == ["contributed", "erased"]


def _exported() -> list[bytes]:
    heads = [SignedHead.from_text(head.text) for head in StoredHead.objects.order_by("size")]
    lines = (entry_of(act).line() for act in Act.objects.order_by("index"))
    return list(exported_lines(Header(log_key().name, (log_key(),)), lines, heads))


def _every_row() -> str:
    rows = [list(model._base_manager.values()) for model in apps.get_models(include_auto_created=True)]
    return json.dumps(rows, default=str, ensure_ascii=False)
