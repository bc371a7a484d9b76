"""What is in preparation leaves no trace outside; what is given up can be given up."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from cast import LATER, NOW, ayşe, ida, jörg, krüger, malik, office, person, prepared_process, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.methods.log import verify_log
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.actions.parts import describe_part, drop_part, drop_phase, open_part, plan_phase
from mitstadt.spine.actions.preparation import discard_draft, restore_draft
from mitstadt.spine.actions.processes import open_process, write_commitment
from mitstadt.spine.actions.roles import assign_role
from mitstadt.spine.actions.rooms import add_host, show_to
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, ActContent, ActInPreparation, Channel, Process, Visibility
from mitstadt.spine.queries.log_export import log_lines
from mitstadt.spine.queries.parts import first_part, parts_of
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.queries.trails import trail_of
from mitstadt.spine.queries.workplaces import discarded_drafts, processes_where
from mitstadt.spine.tests.trial_format import contribution, running_process, trial_part
from visits import on_day, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A draft in which everything was done that can be done before it opens."""
    process = prepared_process(title="Noch geheim?")
    trial_part(process)
    pankow = office("Bezirksamt Pankow", "ba-pankow")
    add_host(process, pankow, actor=malik(), now=NOW)
    assign_role(process, actor=malik(), email=person("Ida").email or "", role=Role.FACILITATOR, now=NOW)
    issue_codes(process, actor=malik(), count=3, channel=Channel.PAPER, now=NOW)
    return process


def log_as_a_stranger_reads_it() -> str:
    publish_head(now=LATER)
    return b"".join(log_lines(log_key())).decode()


def test_the_log_tells_a_stranger_nothing_of_a_draft_on_any_address(draft, monkeypatch):
    on_day(monkeypatch)
    part = parts_of(draft)[0]
    pages = [log_as_a_stranger_reads_it(), visit().get("/protokoll/").content.decode()]

    for trace in (draft.ref, part.ref, "ba-pankow", "2027-06-03", "planned_phase", "prepared", "issued_codes"):
        assert not any(trace in page for page in pages), trace
    for ref in (draft.ref, part.ref):
        for address in (f"/protokoll/{ref}/", f"/{ref}", f"/weg/{ref}/", f"/beteiligungen/{ref}/"):
            assert visit().get(address, follow=True).status_code == 404, address
    assert ActInPreparation.objects.count() == 6


def test_with_its_opening_the_log_tells_what_was_done_before_and_when_and_verifies(draft):
    open_process(draft, actor=malik(), now=LATER)

    acts = list(Act.objects.filter(verb__in=["prepared", "planned_part", "issued_codes", "opened"]).order_by("index"))
    assert [act.verb for act in acts] == ["prepared", "planned_part", "issued_codes", "opened"]
    assert [act.details.get("done_at", "")[:10] for act in acts] == ["2027-04-24", "2027-04-29", "2027-05-04", ""]
    assert {act.at for act in acts} == {LATER}
    assert not ActInPreparation.objects.exists()
    publish_head(now=LATER)
    assert verify_log(log_lines(log_key()), keys=[log_key()]).sound
    assert trail_of(draft).steps[0].at == NOW - timedelta(days=10)


def test_a_part_that_is_planned_in_an_open_process_waits_with_its_acts_until_it_opens():
    process = running_process()
    second = trial_part(process)
    assert second.ref not in log_as_a_stranger_reads_it()
    assert not Act.objects.filter(ref=second.ref).exists()

    open_part(second, actor=malik(), now=NOW)

    verbs = list(Act.objects.filter(ref=second.ref).order_by("index").values_list("verb", flat=True))
    assert verbs == ["planned_part", "planned_phase", "opened_part"]


def test_what_was_done_inside_stays_under_salt_when_an_internal_room_opens(draft):
    show_to(draft, Visibility.INTERNAL, [], actor=malik(), now=NOW)

    open_process(draft, actor=malik(), now=LATER)

    assert Act.objects.filter(ref=draft.ref, verb="prepared").exists()
    assert not any(act.details for act in Act.objects.filter(ref=draft.ref))


def test_a_draft_is_put_aside_and_comes_back_as_it_was(draft):
    discard_draft(draft, actor=malik(), now=NOW)

    assert draft not in processes_where(malik(), Deed.SEE_DASHBOARD)
    assert list(discarded_drafts(malik())) == [draft]
    assert not discarded_drafts(jörg()).exists()
    for work in (
        lambda: write_commitment(draft_now(draft), actor=malik(), fields={"money": "keines"}, now=NOW),
        lambda: open_process(draft, actor=malik(), now=NOW),
        lambda: discard_draft(draft, actor=malik(), now=NOW),
    ):
        with pytest.raises(Refused, match="draft_discarded"):
            work()
    with pytest.raises(Refused, match="needs_role"):
        restore_draft(draft, actor=krüger(), now=NOW)
    restore_draft(draft, actor=malik(), now=NOW)
    with pytest.raises(Refused, match="draft_not_discarded"):
        restore_draft(draft, actor=malik(), now=NOW)

    assert open_process(draft_now(draft), actor=malik(), now=LATER).title == "Noch geheim?"


def draft_now(process):
    return Process.objects.get(pk=process.pk)


def test_an_open_process_is_not_put_aside_and_a_further_host_puts_nothing_aside(draft):
    svenja = with_role(person("Svenja"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))
    with pytest.raises(Refused, match="needs_role"):
        discard_draft(draft, actor=svenja, now=NOW)
    open_process(draft, actor=malik(), now=LATER)

    with pytest.raises(Refused, match="already_open"):
        discard_draft(draft, actor=malik(), now=LATER)


def test_a_further_hosts_editor_prepares_but_opens_no_part_and_names_no_readers(draft):
    svenja = with_role(person("Svenja"), Role.EDITOR, office("Bezirksamt Pankow", "ba-pankow"))
    part = parts_of(draft)[0]
    describe_part(part, actor=svenja, fields={"title": "Neu"}, now=NOW)
    with pytest.raises(Refused, match="needs_role"):
        show_to(draft, Visibility.INTERNAL, [], actor=svenja, now=NOW)
    open_process(draft, actor=malik(), now=LATER)
    second = trial_part(draft_now(draft))

    with pytest.raises(Refused, match="needs_role"):
        open_part(second, actor=svenja, now=LATER)
    open_part(second, actor=with_role(person("Eva"), Role.EDITOR), now=LATER)


def test_a_planned_part_is_given_up_with_its_phases_and_an_open_one_is_not():
    process = running_process()
    first, second = parts_of(process)[0], trial_part(process)
    with pytest.raises(Refused, match="already_open"):
        drop_part(first, actor=malik(), now=NOW)
    with pytest.raises(Refused, match="needs_role"):
        drop_part(second, actor=ida(), now=NOW)

    drop_part(second, actor=malik(), now=NOW)

    assert parts_of(process) == [first]
    assert not second.phases.exists()
    assert first_part(type(first).objects.all(), process.ref, actor=malik()) == first
    days: dict[str, Any] = {"opens_at": NOW, "closes_at": LATER}
    for work in (
        lambda: open_part(second, actor=malik(), now=NOW),
        lambda: describe_part(second, actor=malik(), fields={"title": "Neu"}, now=NOW),
        lambda: plan_phase(second, actor=malik(), title="Neu", now=NOW, **days),
        lambda: drop_part(second, actor=malik(), now=NOW),
    ):
        with pytest.raises(Refused, match="part_dropped"):
            work()
    assert second.ref not in log_as_a_stranger_reads_it()


def test_the_only_part_of_a_process_that_was_given_up_is_not_found_by_its_printed_address():
    process = prepared_process()
    part = trial_part(process)
    drop_part(part, actor=malik(), now=NOW)

    with pytest.raises(Http404):
        first_part(type(part).objects.all(), process.ref, actor=malik())


def test_a_planned_phase_of_a_draft_is_given_up_without_a_word():
    part = trial_part(prepared_process())
    second = plan_phase(part, actor=malik(), title="Noch eine", opens_at=NOW, closes_at=LATER, now=NOW)

    drop_phase(second, actor=malik(), now=NOW)

    assert part.phases.count() == 1


def test_words_that_are_blacked_out_of_a_draft_do_not_come_back_with_its_opening():
    process = prepared_process(title="Wie wird Frau Nowaks Platz?")
    trial_part(process)
    assert "Nowak" in str(list(ActInPreparation.objects.values_list("content", flat=True)))

    black_out(process, actor=ayşe(), words=["Frau Nowaks"], reason="Ein Name.", now=NOW)

    assert "Nowak" not in str(list(ActInPreparation.objects.values_list("content", flat=True)))
    open_process(Process.objects.get(pk=process.pk), actor=malik(), now=LATER)
    assert "Nowak" not in str(list(ActContent.objects.values_list("content", flat=True)))
    found = check_records()
    assert (found.differences, found.unpromised) == ([], [])


def test_words_that_are_erased_from_a_draft_wait_nowhere():
    said = contribution(running_process(), actor=jörg(), body="Mein Nachbar heißt Nowak.")
    waiting = ActInPreparation.objects.create(
        record=said, room=said.room, at=NOW, actor_kind="person", verb="tried", content={"body": said.body}
    )

    erase(said, actor=jörg(), now=LATER)

    waiting.refresh_from_db()
    assert waiting.content is None
