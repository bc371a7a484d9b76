"""A city that lost its machine goes on from one file: nothing is missing, nothing was changed, codes still work."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.core.management import call_command

from cast import NOW, ida, jörg, malik
from mitstadt.ground.files.api import Accepted, keep_upload
from mitstadt.ground.files.tests.bytes_that_come import photo
from mitstadt.methods.shared.errors import MethodError
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.site.backup import layout, tables
from mitstadt.site.backup.reading import restore_backup
from mitstadt.site.backup.writing import write_backup
from mitstadt.site.commandline.__main__ import main
from mitstadt.spine.actions import supports, withdrawal
from mitstadt.spine.actions.attachments import DescribedFile, attach
from mitstadt.spine.actions.codes import issue_codes, redeem
from mitstadt.spine.models import Act, ActContent, Channel, Record
from other_city import mitstadt, new_postgres
from scale import thorough


@pytest.fixture
def own_var(settings, tmp_path) -> Path:
    """Secrets of this test alone."""
    settings.VAR = tmp_path / "var"
    return settings.VAR


@pytest.fixture
def city(db, own_var) -> str:
    """A small city with a text, contributions, an erased one, an upload, and a printed code; the code."""
    text = opened()
    bench = passage(text, "Der Platz")
    said = comment_at(bench, actor=jörg(), body='Grüße aus dem Kiez 😀\nmit "Zeichen" und \\ Strich')
    supports.support(said, actor=ida(), now=NOW)
    wording_for(bench, "Der Platz lädt ein.", actor=ida())
    withdrawal.erase(comment_at(bench, actor=jörg(), body="weg damit"), actor=jörg(), now=NOW)
    uploads = Path(django_settings.MEDIA_ROOT)
    (uploads / "bilder").mkdir(parents=True)
    (uploads / "bilder" / "platz.jpg").write_bytes(bytes(range(256)))
    [code] = issue_codes(text.home, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)
    return code


def _rows() -> dict[str, str]:
    return {
        tables.label(model): hashlib.sha256(b"".join(tables.dumped(model))).hexdigest()
        for model in tables.kept_models()
    }


def _refusal(file: Path, *, replace: bool = True) -> MethodError:
    with pytest.raises(MethodError) as refused:
        restore_backup(file, replace=replace)
    return refused.value


def _changed(file: Path, target: Path, **members: bytes) -> Path:
    """The backup with other bytes in these members, in a sound zip file."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            replacement = next((data for key, data in members.items() if name.endswith(key.replace("__", "."))), None)
            new.writestr(name, old.read(name) if replacement is None else replacement)
    return target


def test_what_was_written_comes_back_to_the_last_row_and_upload(city, tmp_path):
    file = tmp_path / "city.zip"
    written = write_backup(file, now=NOW)
    before = _rows()
    Record.objects.exclude(state="erased").update(title="verändert")
    Path(django_settings.MEDIA_ROOT, "bilder", "platz.jpg").write_bytes(b"anderes")

    restored = restore_backup(file, replace=True)

    assert _rows() == before
    assert Path(django_settings.MEDIA_ROOT, "bilder", "platz.jpg").read_bytes() == bytes(range(256))
    assert restored.rows == written.rows
    assert restored.uploads == written.uploads == 1
    assert restored.found.acts == written.log_size == Act.objects.count()
    assert restored.found.sound
    assert restored.found.log.erased == 1
    assert restored.found.log.known_heads_confirmed == 1
    assert redeem(city, now=NOW).room.title


def test_a_picture_on_a_record_comes_back_with_its_row(city, tmp_path):
    said = Record.objects.filter(kind="contribution", state="published").first()
    file = keep_upload(BytesIO(photo(64, 64)), 1, accepted=Accepted(), keeper="jörg", now=NOW)
    [shown] = attach(said, [DescribedFile(file, "Eine Bank")], actor=jörg(), now=NOW)
    name = shown.largest.name
    before = Path(django_settings.MEDIA_ROOT, name).read_bytes()
    write_backup(tmp_path / "city.zip", now=NOW)
    Path(django_settings.MEDIA_ROOT, name).unlink()

    restore_backup(tmp_path / "city.zip", replace=True)

    again = Record.objects.get(pk=said.pk).attachments.get()
    with default_storage.open(again.largest.name) as stored:
        assert stored.read() == before
    assert again.description == "Eine Bank"


def test_a_backup_is_for_its_owner_alone_and_never_overwrites(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)

    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(MethodError, match="exists already"):
        write_backup(file, now=NOW)
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_sessions_and_counters_of_an_hour_stay_behind(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)

    names = zipfile.ZipFile(file).namelist()

    assert not [name for name in names if "session.jsonl" in name or "ratecount" in name]
    assert f"{layout.TABLES}spine.record.jsonl" in names
    assert f"{layout.TABLES}drafting.workingpassage_predecessors.jsonl" in names


def test_the_secrets_come_back_for_the_owner_alone(city, own_var, tmp_path, settings, monkeypatch):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    key = Path(settings.LOG_KEY_FILE).read_text()
    monkeypatch.delenv("MITSTADT_CODE_PEPPER")
    monkeypatch.delenv("MITSTADT_SECRET_KEY")
    Path(settings.LOG_KEY_FILE).unlink()

    assert restore_backup(file, replace=True).secrets == 3

    assert Path(settings.LOG_KEY_FILE).read_text() == key
    for name in ("code_pepper", "secret_key"):
        assert (own_var / name).stat().st_mode & 0o777 == 0o600
    assert (own_var / "code_pepper").read_text() == settings.CODE_PEPPER.decode()


def test_a_pepper_that_would_make_codes_unknown_is_refused(city, tmp_path, settings):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    settings.CODE_PEPPER = b"quite another pepper"

    assert _refusal(file).code == "secret_differs"


def test_a_city_that_is_alive_is_not_overwritten_by_mistake(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    before = _rows()

    assert _refusal(file, replace=False).code == "database_not_empty"
    assert _rows() == before


def test_any_changed_byte_is_found_and_nothing_is_touched(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    raw = bytearray(file.read_bytes())
    before = _rows()
    broken = tmp_path / "broken.zip"
    # Every place of the file in turn would take minutes: 40 of them, spread over all members and the directory.
    for place in range(40, len(raw) - 40, len(raw) // 40):
        raw[place] ^= 0xFF
        broken.write_bytes(raw)
        raw[place] ^= 0xFF
        try:
            restore_backup(broken, replace=True)
        except MethodError:
            assert _rows()["spine.record"] == before["spine.record"]
        else:
            # A byte of the container that stands for nothing, such as a time stamp.
            assert _rows() == before


def test_every_damage_to_the_table_of_contents_is_told_in_a_sentence(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    raw = bytearray(file.read_bytes())
    before, broken = _rows(), tmp_path / "broken.zip"
    entry, end = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")

    for place in (*range(entry, entry + 60), *range(end, len(raw))):
        raw[place] ^= 0xFF
        broken.write_bytes(raw)
        raw[place] ^= 0xFF
        with contextlib.suppress(MethodError):
            restore_backup(broken, replace=True)

    assert _rows() == before


def test_a_member_that_was_exchanged_is_named(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)

    forged = _changed(file, tmp_path / "forged.zip", spine__record__jsonl=b'["id"]\n')

    error = _refusal(forged)
    assert error.code == "backup_damaged"
    assert "spine.record.jsonl" in error.sentence


def test_a_forged_act_is_found_even_where_all_checksums_were_mended(city, tmp_path):
    Act.objects.filter(index=2).update(verb="closed")
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)

    assert _refusal(file).code == "log_unsound"


def test_forged_words_are_found_by_their_salted_hash(city, tmp_path):
    kept = ActContent.objects.filter(content__body__startswith="Grüße").get()
    ActContent.objects.filter(pk=kept.pk).update(content={**kept.content, "body": "Etwas anderes."})
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)

    assert "does not fit its hash" in _refusal(file).sentence


def test_a_backup_with_a_slice_that_is_not_installed_names_the_setting(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(layout.MANIFEST))
    manifest["migrations"]["zebra"] = ["0001_initial"]

    error = _refusal(_changed(file, tmp_path / "other.zip", manifest__json=json.dumps(manifest).encode()))

    assert error.sentence.startswith("The backup holds tables of slices that are not installed here: zebra.")
    assert "MITSTADT_SLICES" in error.sentence


def test_a_backup_of_another_version_is_refused_with_what_to_do(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    with zipfile.ZipFile(file) as archive:
        manifest = archive.read(layout.MANIFEST).decode()
    other = manifest.replace("0001_records_rooms_and_the_log", "0001_something_else")

    error = _refusal(_changed(file, tmp_path / "other.zip", manifest__json=other.encode()))

    assert error.code == "backup_of_other_version"
    assert "spine" in error.sentence


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"no zip at all"])
def test_what_is_no_backup_is_told_in_a_sentence(db, own_var, tmp_path, content, capsys):
    file = tmp_path / "file"
    file.write_bytes(content)

    assert _refusal(file).code == "backup_unreadable"


def test_a_missing_file_or_a_folder_is_told_in_a_sentence(db, own_var, tmp_path):
    assert "no such file" in _refusal(tmp_path / "missing").sentence
    assert "is a directory" in _refusal(tmp_path).sentence


def test_an_upload_cannot_leave_its_folder(city, tmp_path):
    file = tmp_path / "city.zip"
    write_backup(file, now=NOW)
    with zipfile.ZipFile(file) as archive:
        manifest = archive.read(layout.MANIFEST).decode().replace("uploads/bilder/", "uploads/../")
        with zipfile.ZipFile(tmp_path / "evil.zip", "w") as evil:
            for name in archive.namelist():
                data = manifest.encode() if name == layout.MANIFEST else archive.read(name)
                evil.writestr(name.replace("uploads/bilder/", "uploads/../"), data)

    assert "outside its folder" in _refusal(tmp_path / "evil.zip").sentence
    assert not (Path(django_settings.MEDIA_ROOT).parent / "platz.jpg").exists()


def _table_sums(file: Path) -> dict[str, str]:
    manifest = layout.Manifest.from_text(zipfile.ZipFile(file).read(layout.MANIFEST).decode())
    return {name: member.sha256 for name, member in manifest.members.items() if name.startswith(layout.TABLES)}


@pytest.fixture
def postgres_url():
    with new_postgres("mitstadt_restore") as url:
        yield url


@pytest.mark.slow
def test_a_city_moves_from_sqlite_to_postgresql_and_back_without_losing_a_row(city, tmp_path, postgres_url):
    first, second, third = (tmp_path / f"{name}.zip" for name in ("here", "sqlite", "postgres"))
    write_backup(first, now=NOW)
    sqlite = f"sqlite:///{tmp_path / 'a.sqlite3'}"

    # In a thorough run it moves once more, into a file of its own, and on from there.
    if thorough():
        mitstadt("restore", str(first), url=sqlite, var=tmp_path / "a")
        mitstadt("backup", str(second), url=sqlite, var=tmp_path / "a")
    else:
        second = first
    printed = mitstadt("restore", str(second), url=postgres_url, var=tmp_path / "b")
    mitstadt("backup", str(third), url=postgres_url, var=tmp_path / "b")
    restore_backup(third, replace=True)

    assert "0 faults." in printed
    assert "1 uploads, 3 secrets put back" in printed
    assert _table_sums(first) == _table_sums(second) == _table_sums(third)
    with psycopg.connect(postgres_url) as database:
        [highest] = database.execute("SELECT max(id) FROM spine_record").fetchone()
        [next_one] = database.execute("SELECT nextval(pg_get_serial_sequence('spine_record', 'id'))").fetchone()
    assert next_one == highest + 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_commands_say_what_they_did(own_var, tmp_path, capsys):
    comment_at(passage(opened(), "Der Platz"), actor=jörg())
    file = tmp_path / "city.zip"

    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(file)]) == 2
    assert main(["restore", str(file), "--replace"]) == 0

    captured = capsys.readouterr()
    assert "acts under a head signed now" in captured.out
    assert "The database is not empty" in captured.err
    assert "every checksum fits" in captured.out
    assert "0 faults." in captured.out
    call_command("flush", interactive=False, verbosity=0)
