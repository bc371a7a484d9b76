"""People change their own words: what stood there stays to be read, supports stay, and who gave them is told."""

from typing import Any

import pytest

from cast import AFTER_THE_PHASE, LATER, NOW, ayşe, ida, jörg, malik, office
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.corrections import reword
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.actions.moderation import decide, report
from mitstadt.spine.actions.pace import WORDS_PER_HOUR, keep_pace
from mitstadt.spine.actions.pauses import pause_author
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import GUEST
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import (
    Act,
    AnswerDecision,
    Correction,
    ModerationCase,
    ModerationVerdict,
    Notice,
    Record,
    ReportReason,
    Translation,
)
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.search.results import search
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def said():
    return contribution(running_process(), actor=jörg(), body="Mehr Bänke im Schaten.")


def changed(said: Record, body: str = "Mehr Bänke im Schatten.", **options: Any) -> Correction:
    return reword(said, **{"actor": jörg(), "texts": {"body": body}, "now": LATER, **options})


def refused(said: Record, **options: Any) -> str:
    with pytest.raises(Refused) as refusal:
        changed(said, **options)
    return refusal.value.reason


def test_what_stood_there_stays_with_those_who_supported_it(said):
    support(said, actor=ida(), now=NOW)
    support(said, actor=participant(GUEST, said.room, now=NOW)[0], now=NOW)

    changed(said, reason="Tippfehler.")

    said.refresh_from_db()
    assert (said.body, said.reworded_at, said.support_count) == ("Mehr Bänke im Schatten.", LATER, 1)
    kept = Correction.objects.get()
    assert kept.reason == "Tippfehler."
    assert (kept.before, kept.by_author) == ({"body": "Mehr Bänke im Schaten."}, True)
    assert (kept.support_count, kept.guest_support_count) == (1, 1)
    assert Act.objects.get(verb="reworded").details == {"fields": ["body"]}


def test_who_supports_it_is_told_and_who_changed_it_is_not(said):
    support(said, actor=ida(), now=NOW)

    changed(said)

    told = Notice.objects.filter(event="reworded").values_list("person", flat=True)
    assert list(told) == [ida().person.pk]


def test_every_earlier_wording_is_kept_in_its_order(said):
    changed(said, "Mehr Bänke.")
    changed(said, "Mehr Bäume.")

    assert [one.before["body"] for one in Correction.objects.order_by("pk")] == [
        "Mehr Bänke im Schaten.",
        "Mehr Bänke.",
    ]


def test_the_log_vouches_for_the_new_words_and_sees_who_changes_them_past_it(said):
    changed(said)
    assert check_records().sound

    Record.objects.filter(pk=said.pk).update(body="Mehr Parkplätze.")

    [found] = check_records().differences
    assert (found.ref, found.field) == (said.ref, "body")


def test_a_translation_of_what_no_longer_stands_goes(said):
    Translation.objects.create(record=said, language="en", body="More benches.")

    changed(said)

    assert not Translation.objects.exists()


def test_the_search_finds_the_new_words_alone(said):
    changed(said, "Mehr Linden.")

    assert [found.ref for found in search("Linden", language="de").page] == [said.ref]
    assert not list(search("Schaten", language="de").page)


def test_only_who_wrote_it_and_only_what_changes_something(said):
    assert refused(said, actor=ida()) == "not_yours"
    assert refused(said, actor=malik()) == "not_yours"
    assert refused(said, texts={"body": "Mehr Bänke im Schaten. "}) == "unchanged"
    assert refused(said, texts={"body": " "}) == "text_missing"
    assert not Correction.objects.exists()


def test_words_stand_once_somebody_answered_them(said):
    answer([said], room=said.room, actor=malik(), decision=AnswerDecision.NOT, reason="Zu teuer.", now=NOW)

    assert refused(said) == "reword_answered"


def test_words_that_went_on_in_others_stand(said):
    other = contribution(said.room, actor=ida(), body="Bänke in den Schatten.")
    merge([said], other, actor=malik(), reason="Dasselbe.", now=NOW)

    assert refused(said) == "went_on_in_another"


def test_what_was_said_for_an_organisation_is_not_changed_by_whoever_typed_it(said):
    Record.objects.filter(pk=said.pk).update(organisation=office())

    assert refused(said) == "said_for_an_office"


def test_words_are_changed_while_the_same_could_be_said_anew(said):
    assert refused(said, now=AFTER_THE_PHASE) == "phase_over"

    withdraw(said, actor=jörg(), now=NOW)
    assert refused(said) == "record_not_public"


def test_nobody_changes_words_under_the_hands_of_those_who_judge_them(said):
    report(said, actor=ida(), reason=ReportReason.INSULT, text="", now=NOW)

    assert refused(said) == "reword_under_review"


def test_words_that_were_judged_and_stand_are_the_authors_again(said):
    report(said, actor=ida(), reason=ReportReason.INSULT, text="", now=NOW)
    decide(ModerationCase.objects.get(), actor=ayşe(), verdict=ModerationVerdict.KEEP, rule="", reason="Hart.", now=NOW)

    changed(said)

    said.refresh_from_db()
    assert said.body == "Mehr Bänke im Schatten."


def test_who_may_not_write_for_a_while_changes_nothing(said):
    pause_author(said, actor=ayşe(), reason="Beleidigt andere.", now=NOW)

    assert refused(said) == "paused"


def test_a_comment_is_changed_by_its_author_too(said):
    remark = comment(said, actor=ida(), text="Ja, und Licth.", now=NOW)

    changed(remark, "Ja, und Licht.", actor=ida())

    remark.refresh_from_db()
    assert remark.body == "Ja, und Licht."


def test_changing_counts_as_writing(said):
    for number in range(WORDS_PER_HOUR):
        changed(said, f"Mehr Bänke, Fassung {number}.")

    with pytest.raises(Refused, match="too_much_from_you"):
        keep_pace(jörg(), said.room, Deed.REWORD, now=LATER)


def test_earlier_words_are_erased_and_blacked_out_with_the_record(said):
    changed(said, "Frau Meier wohnt dort.")
    changed(said, "Dort wohnt jemand.")
    black_out(said, actor=ayşe(), words=["Frau Meier"], reason="Ein Name.", now=LATER)
    assert "Meier" not in str(list(Correction.objects.values_list("before", flat=True)))

    erase(said, actor=jörg(), now=LATER)

    assert not Correction.objects.exists()
    assert check_records().sound
