"""What was erased stays erased, also after an older backup came back; and in reports nothing is left of a person."""

from __future__ import annotations

import pytest

from cast import NOW, ida, jörg, person
from mitstadt.ground.people.models import Person
from mitstadt.methods.shared.errors import MethodError
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.site.backup.reading import restore_backup
from mitstadt.site.backup.writing import write_backup
from mitstadt.spine import erasures
from mitstadt.spine.actions import moderation, withdrawal
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.erasing_again import complete_list, erase_again
from mitstadt.spine.actors import actor_for
from mitstadt.spine.erasures import Erased
from mitstadt.spine.models import Act, Record, RecordState, Report, ReportReason

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    settings.VAR = tmp_path / "var"


@pytest.fixture
def said() -> Record:
    return comment_at(passage(opened(), "Der Platz"), actor=jörg(), body="Ich wohne in der Müllerstraße 20.")


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
    assert erase_again(now=NOW) == 0


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
    erasures._append([Erased("", somebody.pk, "2020-01-01T00:00:00.000000+00:00")], now=NOW)

    assert erase_again(now=NOW) == 0
    assert Person.objects.get(pk=somebody.pk).is_active


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

    assert complete_list(now=NOW) == 1
    assert complete_list(now=NOW) == 0
    assert erasures.listed() == [Erased(said.ref)]
    assert erasures.place().stat().st_mode & 0o777 == 0o600
    assert "Müllerstraße" not in erasures.place().read_text()


def test_an_erasure_that_did_not_happen_is_not_listed(said, django_capture_on_commit_callbacks):
    erasures._append([], now=NOW)
    with django_capture_on_commit_callbacks(execute=False):
        withdrawal.erase(said, actor=jörg(), now=NOW)

    assert not erasures.place().exists()


def test_a_line_that_cannot_be_read_stops_nothing(said):
    erasures.place().write_text("zzz\n\nx record\nx account y z\n2026 record " + said.ref + "\n")

    assert erasures.listed() == [Erased(said.ref)]


def test_in_reports_no_words_are_left_of_who_ended_their_account_nor_of_what_was_erased(said):
    other = comment_at(passage(opened(), "Der Platz"), actor=ida(), body="Anders.")
    moderation.report(said, actor=ida(), reason=ReportReason.OTHER, text="Er wohnt Müllerstraße 20.", now=NOW)
    moderation.report(other, actor=jörg(), reason=ReportReason.INSULT, text="Ich, Jörg, bin gemeint.", now=NOW)

    withdrawal.erase(said, actor=jörg(), now=NOW)
    delete_account(jörg(), erase_words=False, now=NOW)

    assert sorted(Report.objects.values_list("reason", "text")) == [("insult", ""), ("other", "")]
