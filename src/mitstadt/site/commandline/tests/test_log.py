"""Anyone with a terminal verifies the city's log: plain words, plain exit codes, no database, no Django."""

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mitstadt.methods.log import Header, exported_lines
from mitstadt.methods.log.entries import content_hash
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


def _as_downloaded(row: dict[str, Any]) -> dict[str, Any]:
    return {"act__index": row["index"], "record__ref": row["record"], "salt": row["salt"], "content": row["content"]}


def _my_data(**changes: str) -> dict[str, Any]:
    """What a person downloads: the contents of the example log that are theirs, and what the city shows now."""
    mine = [_as_downloaded(json.loads(line)) for line in contents()[:3]]
    said = mine[1]["content"] = {"title": "", "body": "Mehr Bänke.", "language": "de", "author": 5}
    mine[1]["salt"] = "00" * 16
    return {"records": [{"ref": mine[1]["record__ref"], **said, **changes}], "log_contents": mine}


@pytest.fixture
def mine(tmp_path) -> Path:
    """A log in which the words of entry 1 are a person's own, and their download."""
    data = _my_data()
    words = content_hash(data["log_contents"][1]["content"], salt=bytes(16))
    lines = [entry(index).line() for index in range(12)]
    lines[1] = replace(entry(1), content=words).line()
    signed = heads_over(lines, [12])
    log = b"".join(exported_lines(Header(KEY.name, (KEY,)), lines, signed))
    (tmp_path / "own.jsonl").write_bytes(log)
    (tmp_path / "mine.json").write_text(json.dumps(data))
    return tmp_path / "mine.json"


def test_anyone_holds_their_own_words_against_the_public_log(mine, tmp_path, capsys):
    assert main(["log", "check-mine", str(mine), str(tmp_path / "own.jsonl"), "--key", str(KEY)]) == 0

    assert "FITS: your words are what the log promised." in capsys.readouterr().out


def test_words_that_the_city_shows_otherwise_are_named(mine, tmp_path, capsys):
    mine.write_text(json.dumps(_my_data(body="Die Verwaltung hat recht.")))

    assert main(["log", "check-mine", str(mine), str(tmp_path / "own.jsonl")]) == 1

    assert "REF-1: the city shows other words than it promised in the log." in capsys.readouterr().out


def test_words_that_never_stood_in_the_log_are_named(mine, tmp_path, capsys):
    data = _my_data(body="Anders.")
    data["log_contents"][1]["content"]["body"] = "Anders."
    mine.write_text(json.dumps(data))

    assert main(["log", "check-mine", str(mine), str(tmp_path / "own.jsonl")]) == 1

    assert "entry 1 (REF-1) was changed" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"log_contents": [{"index": 1}]}', '{"log_contents": 5}'])
def test_what_is_no_download_is_told_in_a_sentence(mine, tmp_path, capsys, text):
    mine.write_text(text)

    assert main(["log", "check-mine", str(mine), str(tmp_path / "own.jsonl")]) == 2

    assert "This is no file of your data" in capsys.readouterr().err


def test_the_recount_by_hand_in_the_docs_gives_the_hash_in_the_log(mine):
    """What docs/methods/log.md tells to type, without a line of ours."""
    one = json.loads(mine.read_text())["log_contents"][1]
    words = json.dumps(one["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    by_hand = hashlib.sha256(bytes.fromhex(one["salt"]) + words.encode()).hexdigest()

    assert by_hand == content_hash(one["content"], salt=bytes(16))
