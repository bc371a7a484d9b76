"""What was erased stays erased, also after an older backup came back; and in reports nothing is left of a person."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from cast import NOW, ayşe, ida, jörg, krüger, person
from mitstadt.ground.people.models import Person
from mitstadt.methods.shared.errors import MethodError
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.site.backup.reading import restore_backup
from mitstadt.site.backup.writing import write_backup
from mitstadt.spine import erasures
from mitstadt.spine.actions import moderation, withdrawal
from mitstadt.spine.actions.accounts import clear_reports, delete_account
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.corrections import correct_entry
from mitstadt.spine.actions.erasing import complete_list, erasure_rows
from mitstadt.spine.actions.erasing_again import erase_again
from mitstadt.spine.actors import actor_for
from mitstadt.spine.models import Act, Erased, Erasure, Record, RecordState, Report, ReportReason

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    settings.VAR = tmp_path / "var"


@pytest.fixture
def said() -> Record:
    return comment_at(passage(opened(), "Der Platz"), actor=jörg(), body="Ich wohne in der Müllerstraße 20.")


def _row(what: Erased, target: int, *, at: datetime) -> erasures.Row:
    return {
        "key": str(uuid4()),
        "what": str(what),
        "target": target,
        "person": None,
        "cells": [],
        "at": at.isoformat(),
    }


def _erased_since(file, said, capture) -> None:
    write_backup(file, now=NOW)
    with capture(execute=True):
        withdrawal.erase(said, actor=jörg(), now=NOW)


def test_an_older_backup_brings_no_erased_word_back(said, tmp_path, django_capture_on_commit_callbacks):
    _erased_since(tmp_path / "city.zip", said, django_capture_on_commit_callbacks)

    restored = restore_backup(tmp_path / "city.zip", replace=True)

    again = Record.objects.get(ref=said.ref)
    assert (again.state, again.body, again.author) == (RecordState.ERASED, "", None)
    assert restored.erased_again == 1
    assert restored.found.sound
    assert Act.objects.order_by("-index").values_list("verb", "actor_kind", "ref")[0] == (
        "erased_again",
        "system",
        said.ref,
    )
    assert erase_again(erasures.listed(), now=NOW) == 0


def test_the_list_of_another_machine_is_named_with_the_backup(
    said, tmp_path, settings, django_capture_on_commit_callbacks
):
    _erased_since(tmp_path / "city.zip", said, django_capture_on_commit_callbacks)
    listed, settings.ERASURES_FILE = settings.ERASURES_FILE, tmp_path / "elsewhere.txt"

    with pytest.raises(MethodError, match="is not there"):
        restore_backup(tmp_path / "city.zip", replace=True, erasures=(tmp_path / "missing.txt",))
    restore_backup(tmp_path / "city.zip", replace=True, erasures=(listed,))

    assert Record.objects.get(ref=said.ref).body == ""


def test_an_account_that_ended_does_not_come_back(tmp_path, django_capture_on_commit_callbacks):
    gone = person("Gustav")
    comment_at(passage(opened(), "Der Platz"), actor=actor_for(gone))
    write_backup(tmp_path / "city.zip", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(actor_for(gone), erase_words=False, now=NOW)

    assert restore_backup(tmp_path / "city.zip", replace=True).erased_again == 1

    again = Person.objects.get(pk=gone.pk)
    assert (again.email, again.display_name, again.is_active) == (None, "", False)
    assert not Record.objects.filter(author=gone).exists()


def test_who_got_the_number_of_an_ended_account_keeps_theirs(db):
    somebody = person("Neu")
    long_ago = somebody.created_at - timedelta(days=1)
    erasures.append([_row(Erased.ACCOUNT, somebody.pk, at=long_ago)])

    assert erase_again(erasures.listed(), now=NOW) == 0
    assert Person.objects.get(pk=somebody.pk).is_active


def test_what_was_blacked_out_stays_black(said, tmp_path, django_capture_on_commit_callbacks):
    write_backup(tmp_path / "city.zip", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        black_out(said, actor=ayşe(), words=["Müllerstraße 20"], reason="Adresse.", now=NOW)
    black = Record.objects.get(pk=said.pk).body

    restored = restore_backup(tmp_path / "city.zip", replace=True)

    assert restored.erased_again == 1
    assert Record.objects.get(pk=said.pk).body == black
    assert "Müllerstraße" not in black


def test_what_was_erased_while_the_clock_was_behind_stays_erased(said, tmp_path, django_capture_on_commit_callbacks):
    earlier = NOW - timedelta(days=2)
    moderation.report(said, actor=ida(), reason=ReportReason.OTHER, text="Er wohnt da.", now=NOW)
    write_backup(tmp_path / "city.zip", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        black_out(said, actor=ayşe(), words=["Ich wohne"], reason="Adresse.", now=NOW)
        black_out(said, actor=ayşe(), words=["Müllerstraße 20"], reason="Adresse.", now=earlier)
        delete_account(ida(), erase_words=False, now=earlier)
    black = Record.objects.get(pk=said.pk).body

    assert restore_backup(tmp_path / "city.zip", replace=True).erased_again == 4
    assert Record.objects.get(pk=said.pk).body == black
    assert Report.objects.get().text == ""


def test_of_a_text_that_was_another_one_in_the_backup_nothing_stays(said, tmp_path, django_capture_on_commit_callbacks):
    """A slip that was corrected after the backup: the words stand elsewhere in what was typed first."""
    Record.objects.filter(pk=said.pk).update(entered_by=krüger().person)
    write_backup(tmp_path / "city.zip", now=NOW)
    said = Record.objects.get(pk=said.pk)
    right = "Ich wohne seit gestern in der Müllerstraße 20."
    correct_entry(said, actor=krüger(), texts={"body": right}, reason="Verlesen.", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        black_out(said, actor=ayşe(), words=["Müllerstraße 20"], reason="Adresse.", now=NOW)

    restore_backup(tmp_path / "city.zip", replace=True)

    assert Record.objects.get(pk=said.pk).body == "▇▇▇ [geschwärzt]"


def test_the_words_of_reports_that_somebody_emptied_stay_empty(said, tmp_path, django_capture_on_commit_callbacks):
    moderation.report(said, actor=ida(), reason=ReportReason.OTHER, text="Ich wohne nebenan.", now=NOW)
    write_backup(tmp_path / "city.zip", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        clear_reports(ida().person, now=NOW)

    assert restore_backup(tmp_path / "city.zip", replace=True).erased_again == 1
    assert Report.objects.get().text == ""


def test_what_the_own_list_lacked_stands_on_it_after_a_restore(
    said, tmp_path, settings, django_capture_on_commit_callbacks
):
    _erased_since(tmp_path / "city.zip", said, django_capture_on_commit_callbacks)
    listed, settings.ERASURES_FILE = settings.ERASURES_FILE, tmp_path / "elsewhere.txt"

    with django_capture_on_commit_callbacks(execute=True):
        restore_backup(tmp_path / "city.zip", replace=True, erasures=(listed,))

    assert [row["key"] for row in erasures.listed()] == [str(Erasure.objects.get().key)]


def test_who_took_their_name_from_shared_words_stays_away(said, tmp_path, django_capture_on_commit_callbacks):
    join(invite(said, actor=jörg(), now=NOW), actor=ida(), now=NOW)
    write_backup(tmp_path / "city.zip", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        withdrawal.erase(Record.objects.get(pk=said.pk), actor=jörg(), now=NOW)

    restored = restore_backup(tmp_path / "city.zip", replace=True)

    assert restored.erased_again == 1
    assert Record.objects.get(ref=said.ref).author == ida().person


def test_a_list_that_could_not_be_written_is_completed_from_the_database(said):
    withdrawal.erase(said, actor=jörg(), now=NOW)
    assert erasures.listed() == []

    assert complete_list() == 1
    assert complete_list() == 0
    assert erasures.listed() == erasure_rows()
    assert [(row["what"], row["target"]) for row in erasures.listed()] == [("record", said.pk)]
    assert erasures.place().stat().st_mode & 0o777 == 0o600
    assert "Müllerstraße" not in erasures.place().read_text()


def test_an_erasure_that_did_not_happen_is_not_listed(said, django_capture_on_commit_callbacks):
    erasures.append([])
    with django_capture_on_commit_callbacks(execute=False):
        withdrawal.erase(said, actor=jörg(), now=NOW)

    assert not erasures.place().exists()


def test_a_line_that_cannot_be_read_stops_nothing(said):
    sound = _row(Erased.RECORD, said.pk, at=NOW)
    wrong = [
        {**sound, "what": "nobody"},
        {**sound, "what": "name"},
        {**sound, "person": 5},
        {**sound, "key": "1"},
        {**sound, "at": "2026-01-01"},
        {**sound, "cells": [["spine.Record", 1]]},
    ]
    lines = ["zzz", "", "[]", "5", *map(json.dumps, [*wrong, sound])]
    erasures.place().write_text("\n".join(lines) + "\n")

    assert erasures.listed() == [sound]


def test_a_line_that_came_late_is_done_in_its_turn(said):
    first, second = (_row(Erased.RECORD, said.pk, at=NOW + timedelta(days=day)) for day in (0, 1))
    erasures.append([second])
    erasures.append([first])

    assert erasures.listed() == [first, second]


def test_in_reports_no_words_are_left_of_who_ended_their_account_nor_of_what_was_erased(said):
    other = comment_at(passage(opened(), "Der Platz"), actor=ida(), body="Anders.")
    moderation.report(said, actor=ida(), reason=ReportReason.OTHER, text="Er wohnt Müllerstraße 20.", now=NOW)
    moderation.report(other, actor=jörg(), reason=ReportReason.INSULT, text="Ich, Jörg, bin gemeint.", now=NOW)

    withdrawal.erase(said, actor=jörg(), now=NOW)
    delete_account(jörg(), erase_words=False, now=NOW)

    assert sorted(Report.objects.values_list("reason", "text")) == [("insult", ""), ("other", "")]


def test_what_got_the_number_of_something_erased_stands_as_it_is(said):
    erasures.append([_row(Erased.RECORD, said.pk, at=NOW - timedelta(days=1))])

    assert erase_again(erasures.listed(), now=NOW) == 0
    assert Record.objects.get(pk=said.pk).state == RecordState.PUBLISHED
