"""`./mitstadt budget` counts, compares and explains, and tells mistakes in a sentence."""

import json
from hashlib import sha256

import pytest

from mitstadt.site.commandline.__main__ import main

FILE = """META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
a;60;Tree
b;40;Bench
c;70;Tower
VOTES
voter_id;vote
1;a,b
2;b
3;c
"""


@pytest.fixture
def pb(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(FILE)
    return path


def test_count_writes_the_document_the_picture_and_the_file(pb, tmp_path, capsys):
    out = [tmp_path / name for name in ("o.json", "o.svg", "o.pb")]
    asked = ["budget", "count", str(pb), "--completion", "add1u-integral", "--json", str(out[0]), "--svg", str(out[1])]
    assert main([*asked, "--pb", str(out[2])]) == 0
    found = json.loads(out[0].read_text())
    assert found["winners"] == ["b", "a"]
    assert (found["cost"], found["budget"], found["completion"]) == (100, 100, "add1u-integral")
    assert (found["rule"], found["utility"], found["tie_breaking"]) == ("equal-shares", "cost", "id")
    assert found["input_sha256"] == sha256(FILE.encode()).hexdigest()
    assert set(found["explanations"]) == {"a", "b", "c"}
    assert out[1].read_text().startswith("<svg")
    assert "a;60;Tree;1\n" in out[2].read_text()
    assert "2 of 3 projects" in capsys.readouterr().out


def test_compare_and_explain_speak(pb, tmp_path, capsys):
    assert (
        main(["budget", "compare", str(pb), "--svg", str(tmp_path / "c.svg"), "--json", str(tmp_path / "c.json")]) == 0
    )
    assert "of voters get none of their projects" in capsys.readouterr().out
    assert main(["budget", "explain", str(pb), "c"]) == 0
    assert "more votes or a cost of" in capsys.readouterr().out
    assert main(["budget", "explain", str(pb), "--ballot", "2"]) == 0
    assert "Ballot 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "asked",
    [
        ["count", "{dir}/nowhere.pb"],
        ["count", "{dir}"],
        ["count", "{file}", "--completion", "add2"],
        ["count", "{file}", "--rule", "greedy", "--completion", "add1"],
        ["count", "{file}", "--ties", "mood"],
        ["count", "{file}", "--step", "many", "--completion", "add1"],
        ["count", "{file}", "--json", "{dir}/no/such/folder.json"],
        ["explain", "{file}"],
        ["explain", "{file}", "zz"],
        ["explain", "{file}", "--ballot", "9"],
    ],
)
def test_mistakes_are_told_in_one_sentence(asked, pb, tmp_path, capsys):
    assert main(["budget", *(part.format(file=pb, dir=tmp_path) for part in asked)]) == 2
    told = capsys.readouterr().err
    assert told.strip()
    assert "Traceback" not in told
