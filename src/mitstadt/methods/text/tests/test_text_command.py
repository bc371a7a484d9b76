"""./mitstadt text shows how a text is read, what differs, and what became of every passage."""

import json

import pytest

from mitstadt.site.commandline.__main__ import main

OLD = "Plan\n\nMehr Bäume am Platz für alle Kinder.\n\nZiele\n\nKurze Wege im ganzen Bezirk.\n"
NEW = OLD.replace("Bäume", "Bänke") + "\nDazu ein neuer Jugendrat.\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "alt.txt").write_text(OLD)
    (tmp_path / "neu.txt").write_text(NEW)
    return str(tmp_path / "alt.txt"), str(tmp_path / "neu.txt")


def test_the_outline_as_json_is_a_list_of_passages(files, capsys):
    assert main(["text", "outline", files[0], "--json"]) == 0

    passages = json.loads(capsys.readouterr().out)
    assert [(p["level"], p["kind"], p["text"], p["ref"]) for p in passages] == [
        (1, "title", "Plan", "0"),
        (1, "paragraph", "Mehr Bäume am Platz für alle Kinder.", "0-1"),
        (2, "heading", "Ziele", "1"),
        (2, "paragraph", "Kurze Wege im ganzen Bezirk.", "1-1"),
    ]


def test_the_outline_for_people_has_refs_and_notices_apart(tmp_path, capsys):
    path = tmp_path / "x.txt"
    path.write_text("Plan\n\nWir zahlen \u202e50 Euro.")

    assert main(["text", "outline", str(path)]) == 0

    printed = capsys.readouterr()
    assert "0-1         Wir zahlen 50 Euro." in printed.out
    assert "reading direction were removed" in printed.err


def test_diff_and_trace_tell_what_changed(files, capsys):
    assert main(["text", "diff", *files]) == 0
    assert "Mehr [-Bäume -]{+Bänke +}am Platz" in capsys.readouterr().out

    assert main(["text", "trace", *files, "--json"]) == 0
    arrivals = json.loads(capsys.readouterr().out)["arrivals"]
    assert [arrival["state"] for arrival in arrivals] == ["kept", "changed", "kept", "kept", "new"]


def test_the_difference_as_json_gives_both_texts_back(files, capsys):
    assert main(["text", "diff", *files, "--json"]) == 0

    segments = json.loads(capsys.readouterr().out)["segments"]
    assert "".join(s["text"] for s in segments if s["kind"] != "added") == "\n\n".join(OLD.strip().split("\n\n"))


@pytest.mark.parametrize("name", ["fehlt.txt", ".", "leer.txt"])
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path, name, capsys):
    (tmp_path / "leer.txt").write_text("")

    assert main(["text", "outline", str(tmp_path / name)]) == 2

    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Traceback" not in error
