"""Whoever changes a word past the log is found: every kept column of every kind; and what became of a record, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from cast import AFTER_THE_PHASE, LATER, NOW, ayşe, ida, jörg, malik, office, outcome, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.tests.builders import comment_at, hosted, opened, passage, wording_for
from mitstadt.spine.actions import answers, comments, merging, moderation, supports, withdrawal
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.amendments import amend, confirm
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.parts import move_phase
from mitstadt.spine.actions.processes import close_process
from mitstadt.spine.amending import CORRECT, HAND_OVER, PART_CARE
from mitstadt.spine.kept_words import TRANSLATED, VOICES, WORDS, models_of_kinds
from mitstadt.spine.kinds import all_kinds
from mitstadt.spine.models import (
    ActContent,
    AnswerDecision,
    Commitment,
    Link,
    ModerationCase,
    ModerationVerdict,
    Phase,
    Record,
    ReportReason,
    Translation,
    Turn,
)
from mitstadt.spine.queries.record_check import check_records
from whole_city import WholeCity, build


def city_with_an_outcome() -> WholeCity:
    """The whole city, and in it a process that is over."""
    city = build()
    leads = with_role(person("Svenja"), Role.OWNER, city.other.host)
    close_process(city.other, actor=leads, outcome=outcome(), now=AFTER_THE_PHASE)
    return city


pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(city_with_an_outcome)]


def _found() -> list[tuple[str, str]]:
    return [(one.ref, one.field) for one in check_records().differences]


def _kept_columns() -> Iterator[tuple[str, str]]:
    models_by_kind = models_of_kinds()
    for kind in all_kinds():
        if kind.key in models_by_kind:
            yield from ((kind.key, name) for name in (*WORDS, *kind.keeps))


def test_a_city_in_which_nobody_lied_fits_its_log_to_the_last_word():
    found = check_records()

    assert found.sound, found.differences
    assert found.records == Record.objects.count()
    assert found.unpromised == []


@pytest.mark.parametrize(("kind", "column"), list(_kept_columns()))
def test_a_kept_column_that_is_changed_in_the_database_is_found_and_named(kind, column):
    held = models_of_kinds()[kind]._base_manager.filter(kind=kind).exclude(state__in=["erased", "draft"])
    record = held.order_by("pk").last()
    if record is None:
        pytest.skip(f"The whole city has no {kind}.")
    _forge(record, column)

    assert _found() == [(record.ref, column)]


def _forge(record: Record, column: str) -> None:
    model = type(record)
    field: Any = model._meta.get_field(column)
    if isinstance(field, models.JSONField):
        other: object = {"forged": True}
    elif isinstance(field, models.ForeignKey):
        other = office("Amt für Fälschung", "amt-fuer-faelschung").slug
    elif isinstance(field, models.DateField):
        other = getattr(record, column) - timedelta(days=1)
    elif isinstance(field, models.IntegerField):
        other = getattr(record, column) + 1
    elif field.choices:
        other = next(value for value, _label in field.choices if value != getattr(record, column))
    else:
        other = "xx"
    model._base_manager.filter(pk=record.pk).update(**{column: other})


@pytest.mark.parametrize("column", sorted(VOICES.values()))
def test_words_put_into_the_mouth_of_another_are_found(column):
    said = Record.objects.filter(kind="contribution", state="published", author=jörg().person).first()
    other = {"author_id": ida().person.pk, "organisation_id": said.home.host_id}[column]
    Record.objects.filter(pk=said.pk).update(**{column: other})

    assert _found() == [(said.ref, column.removesuffix("_id"))]


@pytest.mark.parametrize("name", Commitment.FIELDS)
def test_a_promise_that_is_rewritten_in_silence_is_found(name):
    promise = Commitment.objects.exclude(locked_at=None).first()
    other = {"answer_by": NOW.date(), "level": "inform", "decided_by_id": office().slug}.get(
        name, "Nichts ist versprochen."
    )
    assert getattr(promise, name) != other
    Commitment.objects.filter(pk=promise.pk).update(**{name: other})

    assert _found() == [(promise.process.ref, name)]


def test_words_in_another_language_are_held_against_their_act_also_where_an_edition_took_them_along():
    taken_along = Translation.objects.filter(record__kind="passage").order_by("-record_id").first()
    ref = taken_along.record.ref
    assert taken_along.record.as_passage.edition.number == 2

    Translation.objects.filter(pk=taken_along.pk).update(body="Nobody may sit here.", made_by_machine=True)
    assert _found() == [(ref, "body (de-simple)"), (ref, "made_by_machine (de-simple)")]
    taken_along.delete()
    assert {(one, name.split()[0]) for one, name in _found()} == {(ref, name) for name in TRANSLATED}


def test_words_in_another_language_that_nobody_gave_are_named():
    said = Record.objects.filter(kind="contribution", state="published").first()
    Translation.objects.create(record=said, language="en", body="I never said so.")

    assert check_records().unpromised == [said.ref]


def test_time_that_is_given_or_taken_in_silence_is_found_and_in_public_it_is_not():
    phase = Phase.objects.filter(part__state="published").first()
    host = phase.room.host
    days: dict[str, Any] = {"opens_at": phase.opens_at, "closes_at": phase.closes_at + timedelta(days=2)}
    leader = with_role(person("Malik"), Role.OWNER, host)
    move_phase(phase, actor=leader, reason="Ferien.", now=NOW, **days)
    assert _found() == []

    Phase.objects.filter(pk=phase.pk).update(closes_at=days["closes_at"] - timedelta(hours=1))
    assert _found() == [(phase.part.ref, "phases")]


def test_a_record_whose_promise_was_torn_out_is_named():
    said = Record.objects.filter(kind="comment", state="published").first()
    ActContent.objects.filter(record=said).delete()

    assert check_records().unpromised == [said.ref]
    assert _found() == [(said.ref, "contents")]


def test_what_people_do_to_their_own_words_is_no_lie():
    bench = passage(opened(), "Der Platz")
    first = comment_at(bench, actor=jörg())
    join(invite(first, actor=jörg(), now=NOW), actor=ida(), now=NOW)
    second = wording_for(bench, "Der Platz lädt ein.", actor=ida())
    comments.comment(second, actor=jörg(), text="Gut.", now=NOW)
    supports.support(second, actor=jörg(), now=NOW)
    moderation.report(second, actor=jörg(), reason=ReportReason.OTHER, text="", now=NOW)
    answers.answer([second], room=bench.home, actor=malik(), decision=AnswerDecision.NOTED, reason="Gelesen.", now=NOW)

    withdrawal.erase(first, actor=jörg(), now=NOW)
    withdrawal.withdraw(second, actor=ida(), now=NOW)

    found = check_records()
    assert found.sound, found.differences
    assert found.unpromised == []
    Record.objects.filter(pk=first.pk).update(body="Das habe ich nie gesagt.")
    assert _found() == [(first.ref, "body")]


def test_what_an_office_changes_in_public_is_promised_anew_and_what_it_changes_in_silence_is_found():
    text = opened()
    process, pankow = hosted(text), office("Bezirksamt Pankow", "ba-pankow")
    svenja = with_role(person("Svenja"), Role.OWNER, pankow)
    new: dict[str, Any] = {"title": "Wie wird der Platz?", "body": "Worum es jetzt geht."}

    amend(process, CORRECT, actor=malik(), after=new, reason="Tippfehler.", now=NOW)
    amend(text, PART_CARE, actor=malik(), after={"access": "account"}, reason="Zu viel Unfug.", now=NOW)
    confirm(
        amend(process, HAND_OVER, actor=malik(), after={"host_id": pankow.pk}, reason="Neu verteilt.", now=NOW),
        actor=svenja,
        now=LATER,
    )

    found = check_records()
    assert found.sound, found.differences
    assert found.unpromised == []
    Record.objects.filter(pk=process.pk).update(title="Wie soll der Leopoldplatz werden?")
    Record.objects.filter(pk=text.pk).update(organisation=office())
    assert _found() == [(text.ref, "organisation"), (process.ref, "title")]


def _answered() -> Record:
    return Record.objects.filter(kind="contribution", state="published").exclude(answer_state="").first()


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "erased"])
def test_nothing_is_taken_away_by_a_changed_row(state):
    said = Record.objects.filter(kind="comment", state="published").first()
    emptied = {"title": "", "body": "", "author": None} if state == "erased" else {}
    Record.objects.filter(pk=said.pk).update(state=state, **emptied)

    assert (said.ref, "state") in _found()


def test_nothing_that_was_hidden_comes_back_by_a_changed_row():
    hidden = Record.objects.filter(state="hidden").first()
    Record.objects.filter(pk=hidden.pk).update(state="published")

    assert _found() == [(hidden.ref, "state")]


def test_what_was_erased_has_no_words_again_by_a_changed_row():
    said = comment_at(passage(opened(), "Der Platz"), actor=jörg())
    withdrawal.erase(said, actor=jörg(), now=NOW)
    Record.objects.filter(pk=said.pk).update(state="published", body="Doch.")

    assert (said.ref, "state") in _found()


def test_an_answer_that_is_turned_or_taken_off_by_a_changed_row_is_found():
    said = _answered()
    for state in ("", "not" if said.answer_state != "not" else "noted"):
        Record.objects.filter(pk=said.pk).update(answer_state=state)
        assert _found() == [(said.ref, "answer_state")]
    Record.objects.filter(pk=said.pk).update(answer_state="")
    Link.objects.filter(target=said, type="answers").delete()

    assert (said.ref, "answer_state") in _found()


def test_a_support_that_nobody_gave_or_took_back_is_found():
    said = wording_for(passage(opened(), "Der Platz"), "Der Platz lädt ein.", actor=ida())
    supports.support(said, actor=jörg(), now=NOW)
    assert check_records().sound
    Turn.objects.filter(record=said).delete()

    assert _found() == [(said.ref, "supports")]


def test_a_record_that_was_removed_past_the_log_with_all_that_hung_on_it_is_missed():
    said = wording_for(passage(opened(), "Der Platz"), "Der Platz lädt ein.", actor=ida())
    ActContent.objects.filter(record=said).delete()
    said.delete()

    assert _found() == [(said.ref, "record")]
    assert "removed past the log" in check_records().differences[0].sentence


def test_what_judging_joining_and_going_on_do_to_records_is_no_lie():
    bench = passage(opened(), "Der Platz")
    first, second, third = (wording_for(bench, f"Der Platz hat {n} Bänke.", actor=jörg()) for n in (3, 4, 5))
    supports.support(first, actor=ida(), now=NOW)
    merging.merge([first], second, actor=malik(), reason="Dasselbe.", now=NOW)
    supports.end_support(second, actor=ida(), now=NOW)
    merging.separate(first, actor=malik(), reason="Doch nicht.", now=NOW)
    merging.merge([first], second, actor=malik(), reason="Doch.", now=NOW)
    moderation.judge(
        second, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule=ReportReason.OTHER, reason="Falsch.", now=NOW
    )
    moderation.judge(
        third, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule=ReportReason.OTHER, reason="Falsch.", now=NOW
    )
    case = ModerationCase.objects.get(record=third)
    made = moderation.appeal(case, actor=jörg(), text="Doch richtig.", now=NOW)
    moderation.decide_appeal(made, actor=malik(), upheld=True, reason="Stimmt.", now=NOW)
    black_out(third, actor=ayşe(), words=["Bänke"], reason="Auf Bitte.", now=NOW)
    delete_account(jörg(), erase_words=True, now=NOW)

    found = check_records()
    assert found.sound, found.differences
