"""What is typed after ./mitstadt opinion does its work, or says in a sentence what is wrong."""

import json

import numpy as np
import pytest

from mitstadt.methods.opinion.tests.worlds import camps, triples
from mitstadt.site.commandline.__main__ import main

KEYS = {"persons", "statements", "positions", "uncertainty", "lean", "groups", "group_count", "stability"}
KEYS |= {"consensus", "divisive", "settings", "input_sha256"}


@pytest.fixture
def folder(tmp_path):
    votes, _ = camps(people=60, statements=14, each=10)
    rows = [f"{i},x,{s},{p},{v}" for i, (p, s, v) in enumerate(zip(*triples(votes), strict=True))]
    write(tmp_path / "votes.csv", rows)
    return tmp_path


def write(path, rows):
    path.write_text("\n".join(["timestamp,datetime,comment-id,voter-id,vote", *rows]) + "\n")


def test_map_writes_everything_that_was_promised(folder):
    assert main(["opinion", "map", str(folder), "--json", str(folder / "m.json"), "--svg", str(folder / "m.svg")]) == 0

    found = json.loads((folder / "m.json").read_text())
    assert set(found) >= KEYS
    assert np.array(found["positions"]).shape == np.array(found["uncertainty"]).shape
    assert len(found["positions"]) == len(found["persons"]) == len(found["groups"]) == len(found["lean"]) == 60
    assert len(found["stability"]) == found["group_count"] == max(found["groups"]) + 1
    for name in ("consensus", "divisive"):
        assert [row["value"] for row in found[name]] == sorted((row["value"] for row in found[name]), reverse=True)
        assert set(found[name][0]) >= {"statement", "value", "low", "high"}
    assert (folder / "m.svg").read_text().startswith("<svg")


def test_shuffled_rows_write_the_same_bytes(folder, tmp_path):
    other = tmp_path / "shuffled"
    other.mkdir()
    _, *rows = (folder / "votes.csv").read_text().splitlines()
    write(other / "votes.csv", np.random.default_rng(0).permutation(rows).tolist())
    for command in (["map", "--dim", "2"], ["polis"]):
        for path in (folder, other):
            assert main(["opinion", *command, str(path), "--json", str(path / "out.json")]) == 0
        assert (folder / "out.json").read_bytes() == (other / "out.json").read_bytes()


def test_score_names_all_models_and_baselines(folder, capsys):
    assert main(["opinion", "score", str(folder), "--share", "0.2", "--seed", "3"]) == 0

    printed = capsys.readouterr().out
    for name in ("statement agree rate", "polis groups", "factor 2", "irt 2", "default"):
        assert name in printed


def test_next_prints_and_logs_the_chance_of_each_draw(folder, capsys):
    assert (
        main(
            ["opinion", "next", str(folder), "--person", "3", "--n", "2", "--json", "--log", str(folder / "log.jsonl")]
        )
        == 0
    )

    printed = json.loads(capsys.readouterr().out)
    assert json.loads((folder / "log.jsonl").read_text()) == printed
    assert all(0 < one["probability"] <= 1 for one in printed["next"])


def test_answers_to_logged_draws_are_estimated_as_if_everybody_had_been_asked(folder, capsys):
    voter, statement = (folder / "votes.csv").read_text().splitlines()[1].split(",")[3:1:-1]
    record = {"person": voter, "next": [{"statement": int(statement), "probability": 0.4}]}
    (folder / "log.jsonl").write_text(json.dumps(record) + "\n")
    assert (
        main(["opinion", "estimate", str(folder), "--log", str(folder / "log.jsonl"), "--json", str(folder / "e.json")])
        == 0
    )

    (found,) = json.loads((folder / "e.json").read_text())["estimates"]
    assert (found["statement"], found["answered"], found["drawn"]) == (int(statement), 1, 1)
    assert found["low"] <= found["value"] <= found["high"]
    assert "1 of 1" in capsys.readouterr().out


def test_draws_without_an_answer_give_a_sentence_instead_of_an_empty_table(folder, capsys):
    (folder / "log.jsonl").write_text(json.dumps({"person": None, "next": []}) + "\n")
    assert main(["opinion", "estimate", str(folder), "--log", str(folder / "log.jsonl")]) == 0

    assert "nothing to estimate" in capsys.readouterr().out


def test_suspicious_tells_what_differs_without_chosen_people(folder, capsys):
    (folder / "people.txt").write_text("3\n\n4\n")
    arguments = ["suspicious", str(folder), "--dim", "1", "--people", str(folder / "people.txt")]
    assert main(["opinion", *arguments, "--json", str(folder / "s.json")]) == 0

    found = json.loads((folder / "s.json").read_text())
    assert "Without the 2 people named: influence" in capsys.readouterr().out
    assert found["people"]["persons"] == [3, 4]
    assert found["people"]["influence"] > 0
    (folder / "people.txt").write_text("nobody\n")
    assert main(["opinion", *arguments]) == 2


@pytest.mark.parametrize("command", ["map", "polis", "score", "next", "slate", "suspicious"])
def test_a_path_that_is_not_there_is_told_in_a_sentence(command, tmp_path, capsys):
    for path in (tmp_path / "none", tmp_path):
        assert main(["opinion", command, str(path)]) == 2
        assert str(path) in capsys.readouterr().err


def test_a_folder_in_place_of_a_file_is_told_in_a_sentence(folder, capsys):
    assert main(["opinion", "map", str(folder), "--json", str(folder)]) == 2
    assert "cannot be written" in capsys.readouterr().err
