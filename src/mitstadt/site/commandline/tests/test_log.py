"""Anyone with a terminal verifies the city's log: plain words, plain exit codes, no database, no Django."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mitstadt.methods.log.tests.log_examples import KEY, contents, entry, exported, heads_over
from mitstadt.site.commandline.__main__ import main

ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture
def log(tmp_path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(exported()))
    return path


def test_a_sound_log_is_told_to_be_sound_with_what_was_checked(log, tmp_path, capsys):
    beside, head = tmp_path / "contents.jsonl", tmp_path / "head.txt"
    beside.write_bytes(b"".join(contents()[1:]))
    head.write_text(str(heads_over([entry(index).line() for index in range(9)], [9])[0]))

    code = main(["log", "verify", str(log), "--contents", str(beside), "--key", str(KEY), "--head", str(head)])

    printed = capsys.readouterr().out
    assert code == 0
    assert "12 entries, 3 signed heads" in printed
    assert "fit their hash: 7; erased: 1" in printed
    assert "erased: entry 0, REF-0" in printed
    assert "Heads you hold that agree with this log: 1" in printed
    assert printed.endswith("SOUND: nothing was changed.\n")
    assert "comes from the file itself" not in printed


def test_without_the_published_key_people_are_told_to_compare_it(log, capsys):
    assert main(["log", "verify", str(log)]) == 0

    printed = capsys.readouterr().out
    assert "Compare it with the published one" in printed
    assert str(KEY) in printed


def test_a_changed_log_is_told_with_its_lines_and_exit_code_1(log, capsys):
    log.write_bytes(log.read_bytes().replace(b'"p1"', b'"p2"', 1))

    assert main(["log", "verify", str(log)]) == 1

    printed = capsys.readouterr().out
    assert "lines 2 to 6: The lines above do not give the root" in printed
    assert printed.endswith("NOT SOUND: 1 faults.\n")


def test_the_result_as_json_holds_every_count(log, capsys):
    assert main(["log", "verify", str(log), "--json"]) == 0

    result = json.loads(capsys.readouterr().out)
    assert result["sound"] is True
    assert result["entries"] == 12
    assert result["last_head"]["size"] == 12
    assert result["faults"] == []


def test_a_log_is_read_from_standard_input(log, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log.read_bytes())))

    assert main(["log", "verify", "-"]) == 0


def test_a_proof_is_printed_and_holds_under_the_published_key_only(log, tmp_path, capsys):
    assert main(["log", "prove", str(log), "7"]) == 0
    proof = tmp_path / "proof.txt"
    proof.write_text(capsys.readouterr().out)

    assert main(["log", "check-proof", str(proof), "--key", str(KEY)]) == 0
    assert '"index":7' in capsys.readouterr().out
    assert main(["log", "check-proof", str(proof), "--key", str(KEY), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entry"]["record"] == "REF-2"

    other = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert main(["log", "check-proof", str(proof), "--key", other]) == 1
    assert main(["log", "check-proof", str(proof)]) == 2
    assert "give the log's published key" in capsys.readouterr().err


def _refused(arguments, capsys) -> str:
    assert main(["log", *map(str, arguments)]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    return captured.err


def test_whatever_cannot_be_read_is_told_in_a_sentence(log, tmp_path, capsys):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff")
    endless = tmp_path / "endless"
    endless.write_bytes(b"x" * (1 << 20) + b"xx")

    assert "no such file" in _refused(["verify", tmp_path / "missing"], capsys)
    assert "is a directory" in _refused(["verify", tmp_path], capsys)
    assert "Line 1 is longer" in _refused(["verify", endless], capsys)
    assert "is no public key" in _refused(["verify", log, "--key", "abc"], capsys)
    assert "no text in UTF-8" in _refused(["verify", log, "--head", picture], capsys)
    assert "no signed head" in _refused(["verify", log, "--head", log], capsys)
    assert "no text in UTF-8" in _refused(["check-proof", picture], capsys)
    assert "no proof that an entry" in _refused(["check-proof", log], capsys)
    assert "There is no entry 12" in _refused(["prove", log, "12"], capsys)
    assert "not the header" in _refused(["prove", picture, "0"], capsys)


def test_an_unknown_word_shows_how_to_use_the_command(capsys):
    assert main(["log", "verfy"]) == 2

    assert "verify" in capsys.readouterr().err


def test_neither_django_nor_a_number_library_is_loaded(log):
    script = (
        "import sys; from mitstadt.site.commandline.__main__ import main; "
        f"code = main(['log', 'verify', {str(log)!r}]); "
        "sys.exit(code or any(name in sys.modules for name in ('django', 'numpy', 'scipy')))"
    )

    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
