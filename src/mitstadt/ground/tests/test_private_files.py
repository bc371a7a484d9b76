"""A secret is whole or not there, for our eyes only, and never empty."""

import errno
import os
import stat
from pathlib import Path
from threading import Barrier, Thread

import pytest

from mitstadt.ground.private_files import keep_private, put_secret, read_secret, secret_in
from mitstadt.methods.shared.errors import MethodError
from other_city import ran

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_secret_is_made_once_and_only_we_read_it(tmp_path):
    path = tmp_path / "keys" / "log_key"

    assert secret_in(path, "first") == "first"
    assert secret_in(path, "second") == "first"
    assert (_mode(path), _mode(path.parent)) == (0o600, 0o700)
    assert _names(path.parent) == ["log_key"]


def test_two_who_make_it_at_once_get_the_same(tmp_path):
    gate, made = Barrier(8), []

    def make(number: int) -> None:
        gate.wait()
        made.append(secret_in(tmp_path / "key", f"secret {number}"))

    threads = [Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(made) == {read_secret(tmp_path / "key")}


def test_an_empty_secret_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "log_key"
    path.write_text("\n")

    for read in (read_secret, lambda path: secret_in(path, "fresh")):
        with pytest.raises(MethodError, match="is empty: the secret that was written there is lost"):
            read(path)
    assert path.read_text() == "\n"


@pytest.mark.parametrize("fails", ["fsync", "link", "open"])
def test_on_a_full_disk_no_secret_is_left_half_and_the_old_one_stays(tmp_path, monkeypatch, fails):
    old, new = tmp_path / "old", tmp_path / "new"
    put_secret(old, "kept")

    def full(*_arguments, **_options):
        raise FULL

    with monkeypatch.context() as disk:
        disk.setattr(os, fails, full)
        with pytest.raises(MethodError, match=r"cannot be written: no space left on device\. Nothing was changed"):
            secret_in(new, "fresh")
        if fails != "link":
            with pytest.raises(MethodError, match="no space left"):
                put_secret(old, "other")

    assert _names(tmp_path) == ["old"]
    assert read_secret(old) == "kept"
    assert secret_in(new, "fresh") == "fresh"


def test_where_files_cannot_be_linked_the_secret_is_made_all_the_same(tmp_path, monkeypatch):
    def no_links(*_arguments):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)

    assert secret_in(tmp_path / "key", "fresh") == "fresh"
    assert _names(tmp_path) == ["key"]


def test_what_others_could_read_is_closed_and_what_comes_is_closed_from_the_start(tmp_path):
    folder, database = tmp_path / "var", tmp_path / "var" / "mitstadt.sqlite3"
    folder.mkdir(mode=0o755)
    database.touch(mode=0o644)
    before = os.umask(0o022)
    try:
        keep_private(folder, database, folder / "missing")
        (folder / "mitstadt.sqlite3-wal").touch()
    finally:
        os.umask(before)

    assert _mode(folder) == 0o700
    assert _mode(database) == _mode(folder / "mitstadt.sqlite3-wal") == 0o600


def test_a_city_keeps_its_folder_its_database_and_the_journal_to_itself(tmp_path):
    var = tmp_path / "var"
    script = (
        "import django; django.setup(); from django.db import connection as c; c.ensure_connection();"
        "c.cursor().execute('CREATE TABLE t (i int)'); import os;"
        "print(oct(os.stat(c.settings_dict['NAME'] + '-wal').st_mode))"
    )

    said = ran("-c", script, url="", var=var, DJANGO_SETTINGS_MODULE="mitstadt.site.settings")

    assert said.stdout.strip().endswith("600"), said.stderr
    assert _mode(var) == 0o700
    assert {path.name: oct(_mode(path)) for path in var.iterdir() if path.is_file()} == {
        "code_pepper": "0o600",
        "mitstadt.sqlite3": "0o600",
        "secret_key": "0o600",
    }


def test_a_city_with_an_empty_key_says_so_in_a_sentence(tmp_path):
    (tmp_path / "secret_key").touch()

    said = ran("-m", "mitstadt.site.commandline", "backup", "x.zip", url="", var=tmp_path)

    assert said.returncode == 2
    assert "secret_key” is empty" in said.stderr
    assert "Traceback" not in said.stderr
