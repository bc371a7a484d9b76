"""`./mitstadt demo`: what a person types wrong is told in a sentence, before anything is built."""

import socket

import pytest

from mitstadt.site.commandline import demo
from mitstadt.site.commandline.__main__ import main


@pytest.mark.parametrize(("name", "said"), [("nirgends.txt", "There is no file"), ("", "is a folder")])
def test_a_text_that_is_not_there_is_told_in_a_sentence(tmp_path, capsys, name, said):
    code = main(["demo", "--text", str(tmp_path / name)])

    assert code == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_passed_over_with_a_sentence(capsys):
    with socket.socket() as other:
        other.bind((demo.HOST, 0))
        other.listen()
        taken = other.getsockname()[1]

        found = demo._free_port(taken)

    assert found > taken
    assert f"Port {taken} is taken, using {found}." in capsys.readouterr().out


def test_a_fresh_city_leaves_nothing_of_the_old_one_but_keeps_its_secrets(tmp_path):
    for name in ("mitstadt.sqlite3", "mitstadt.sqlite3-wal", "log_key", "visitors.json", "secret_key", "static.stamp"):
        (tmp_path / name).touch()
    (tmp_path / "mails").mkdir()

    demo._clear(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {"secret_key", "static.stamp"}
