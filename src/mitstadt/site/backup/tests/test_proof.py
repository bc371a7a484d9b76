"""A backup says at once what is wrong with it; one with faults comes back only on purpose, rows and keys together."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import OperationalError

from cast import NOW, jörg
from mitstadt.ground.private_files import read_secret
from mitstadt.methods.shared.errors import MethodError
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.site.backup import checking, reading, secrets, writing
from mitstadt.site.backup.checking import check_by_the_clock, newest_backup, prove_newest_backup
from mitstadt.site.backup.proving import Proof, prove
from mitstadt.site.backup.reading import restore_backup
from mitstadt.site.backup.writing import write_backup
from mitstadt.site.commandline.__main__ import main
from mitstadt.spine.models import ActContent, CityCheck, Record
from other_city import FURTHER

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path / "var"
    monkeypatch.setattr("mitstadt.ground.clock.now", lambda: NOW)


@pytest.fixture
def said() -> Record:
    return comment_at(passage(opened(), "Der Platz"), actor=jörg(), body="Mehr Bänke.")


def _lie(said: Record) -> None:
    Record.objects.filter(pk=said.pk).update(body="Die Verwaltung hat recht.")


def test_changed_words_make_backup_verify_and_restore_say_which(said, tmp_path, capsys):
    _lie(said)
    file = tmp_path / "city.zip"
    sentence = f"Record {said.ref}: its “body” is not what the log promised."

    assert main(["backup", str(file)]) == 1
    assert sentence in capsys.readouterr().out
    assert main(["log", "verify-city", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["changed"] == [{"ref": said.ref, "field": "body"}]
    assert main(["restore", str(file), "--replace"]) == 2
    assert sentence in capsys.readouterr().err


def test_with_its_faults_a_backup_comes_back_only_loudly(said, tmp_path, capsys):
    content = ActContent.objects.filter(record=said).get()
    ActContent.objects.filter(pk=content.pk).update(content={**content.content, "theme": "x"})
    file = tmp_path / "city.zip"
    assert not write_backup(file, now=NOW).found.sound
    Record.objects.filter(pk=said.pk).update(theme="später")

    with pytest.raises(MethodError, match="--accept-faults"):
        restore_backup(file, replace=True)
    assert Record.objects.get(pk=said.pk).theme == "später"

    assert main(["restore", str(file), "--replace", "--accept-faults"]) == 1
    assert "RESTORED WITH 1 FAULTS" in capsys.readouterr().out
    assert Record.objects.get(pk=said.pk).theme == ""


def test_a_sound_backup_says_what_was_held_against_what(said, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "city.zip")]) == 0

    told = capsys.readouterr().out
    assert f"{Record.objects.count()} records were held against their acts" in told
    assert "0 faults." in told


def test_what_the_disk_gives_back_otherwise_is_no_backup(said, tmp_path, monkeypatch):
    def forgets(stream):
        stream.flush()
        stream.seek(200)
        stream.write(b"\0" * 50)
        stream.flush()

    monkeypatch.setattr(writing, "_onto_the_disk", forgets)

    with pytest.raises(MethodError):
        write_backup(tmp_path / "city.zip", now=NOW)
    assert [path.name for path in tmp_path.iterdir() if "zip" in path.name] == []


def test_a_backup_is_on_the_disk_with_its_name_before_it_counts(said, tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(str(Path(f"/proc/self/fd/{handle}").readlink())))

    write_backup(tmp_path / "city.zip", now=NOW)

    assert any(name.endswith(".city.zip.part") for name in synced)
    assert str(tmp_path) in synced


@pytest.mark.parametrize("broken", ["rows", "uploads", "commit"])
def test_where_a_restore_fails_rows_and_keys_are_those_from_before(said, tmp_path, settings, monkeypatch, broken):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    Path(settings.LOG_KEY_FILE).write_text("11" * 32)
    Record.objects.filter(pk=said.pk).update(theme="später")

    def full(*_arguments, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def no_commit(*_arguments):
        raise OperationalError("database or disk is full")

    target = {"rows": "_load", "uploads": "_add_uploads"}.get(broken)
    if target:
        monkeypatch.setattr(reading, target, full)
    else:
        swapped = secrets.Exchange.swap
        monkeypatch.setattr(secrets.Exchange, "swap", lambda self: (swapped(self), no_commit()))
    with pytest.raises((OSError, OperationalError)):
        restore_backup(file, replace=True)

    assert Record.objects.get(pk=said.pk).theme == "später"
    assert read_secret(Path(settings.LOG_KEY_FILE)) == "11" * 32
    assert [path.name for path in Path(settings.LOG_KEY_FILE).parent.iterdir() if "restore" in path.name] == []


def test_the_clock_finds_changed_words_and_those_who_run_the_city_read_which(said):
    assert check_by_the_clock(now=NOW).faults_total == 0
    _lie(said)

    found = check_by_the_clock(now=NOW)

    assert found.faults_total == 1
    assert said.ref in found.told[0]


def test_once_a_week_the_newest_backup_is_restored_on_trial(settings, monkeypatch):
    assert prove_newest_backup(now=NOW) is None
    settings.BACKUPS.mkdir()
    for age, name in enumerate(("new.zip", "old.zip")):
        (settings.BACKUPS / name).write_bytes(b"no zip")
        os.utime(settings.BACKUPS / name, (1_000_000 - age, 1_000_000 - age))
    assert newest_backup().name == "new.zip"

    monkeypatch.setattr(checking, "prove", lambda file: Proof(sound=True, said="0 faults."))
    assert prove_newest_backup(now=NOW).faults_total == 0
    monkeypatch.setattr(checking, "prove", lambda file: Proof(sound=False, said="“x” is damaged."))
    assert prove_newest_backup(now=NOW).told == ["“x” is damaged."]
    assert CityCheck.objects.filter(what="backup", subject="new.zip").count() == 2


@pytest.mark.slow
def test_on_trial_a_backup_is_really_restored(said, tmp_path, monkeypatch):
    monkeypatch.setenv("MITSTADT_SLICES", FURTHER)
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    assert prove(file).sound

    raw = bytearray(file.read_bytes())
    raw[_within_the_largest_member(file)] ^= 0x55
    file.write_bytes(raw)
    assert not prove(file).sound


def _within_the_largest_member(file: Path) -> int:
    """A place that stands for words; elsewhere a zip has bytes, such as times, that stand for nothing."""
    with ZipFile(file) as archive:
        largest = max(archive.infolist(), key=lambda member: member.compress_size)
    return largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2
