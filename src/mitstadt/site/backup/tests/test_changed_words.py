"""Whoever changes a word past the log is found: every kept column of every kind, by record and column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from cast import NOW, ida, jörg, malik, office, outcome, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions import answers, comments, moderation, supports, withdrawal
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.processes import close_process
from mitstadt.spine.kept_words import VOICES, WORDS, models_of_kinds
from mitstadt.spine.kinds import all_kinds
from mitstadt.spine.models import ActContent, AnswerDecision, Commitment, Record, ReportReason
from mitstadt.spine.queries.record_check import check_records
from whole_city import WholeCity, build


def city_with_an_outcome() -> WholeCity:
    """The whole city, and in it a process that is over."""
    city = build()
    leads = with_role(person("Svenja"), Role.OWNER, city.other.host)
    close_process(city.other, actor=leads, outcome=outcome(), reason="Es ist alles gesagt.", now=NOW)
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


def test_a_record_whose_promise_was_torn_out_is_named():
    said = Record.objects.filter(kind="comment", state="published").first()
    ActContent.objects.filter(record=said).delete()

    assert check_records().unpromised == [said.ref]


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
