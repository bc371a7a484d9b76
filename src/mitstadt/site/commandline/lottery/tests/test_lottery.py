"""What a town clerk types, from the first check to the replacement of a drop-out; and what a journalist recomputes."""

import json

import pytest

from mitstadt.methods.sortition import people
from mitstadt.site.commandline.__main__ import main
from mitstadt.site.commandline.lottery import solving

QUOTAS = "category,feature,min,max\nage,young,2,3\nage,old,3,4\ndistrict,east,2,4\ndistrict,west,2,4\n"
PEOPLE = [
    (f"p{i:02}", ("young", "old", "old")[i % 3], ("east", "west")[i // 2 % 2], f"home{i // 2}") for i in range(24)
]


@pytest.fixture
def town(tmp_path):
    (tmp_path / "categories.csv").write_text(QUOTAS)
    rows = "".join(f"{','.join(row)}\n" for row in PEOPLE)
    (tmp_path / "respondents.csv").write_text("id,age,district,household\n" + rows)
    return tmp_path


def lottery(capsys, *arguments):
    """Exit code, JSON printed, errors printed."""
    asked = ["lottery", *map(str, arguments)]
    code = main(asked if "--json" in asked else [*asked, "--json"])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else None, printed.err


def test_solve_prints_probabilities_panels_and_the_proof(town, capsys):
    inputs = [town / "categories.csv", town / "respondents.csv", "--size", 6]

    code, result, _ = lottery(capsys, "solve", *inputs, "--objective", "maximin")

    assert code == 0
    assert set(result) >= {
        "probabilities", "objective", "value", "upper_bound", "panels", "settings", "input_sha256",
    }  # fmt: skip
    assert sum(result["probabilities"].values()) == pytest.approx(6)
    assert result["upper_bound"] - result["value"] <= 1e-6
    seated = dict.fromkeys(result["probabilities"], 0.0)
    home_of = {row[0]: row[3] for row in PEOPLE}
    for panel in result["panels"]:
        assert len({home_of[person] for person in panel["ids"]}) == 6
        for person in panel["ids"]:
            seated[person] += panel["weight"]
    assert seated == pytest.approx(result["probabilities"], abs=1e-9)


def test_where_panels_would_be_too_many_solve_says_so_and_gives_the_rest(town, capsys, monkeypatch):
    monkeypatch.setattr(people, "MAX_SEATS", 20)

    code, result, _ = lottery(capsys, "solve", town, "--size", 6, "--panels", 10)

    assert (code, result["panels"], len(result["numbered_panels"])) == (0, [], 10)
    assert "Number the panels instead" in result["explanation"][-1]


def test_the_more_people_differ_the_fewer_panels_are_looked_for(town, capsys, monkeypatch):
    monkeypatch.setattr(solving, "_LARGE_POOL", 20)
    rounds = []
    for many in (4, 2, 0.01):
        monkeypatch.setattr(solving, "_MANY_DIFFERENT", many)
        rounds.append(lottery(capsys, "solve", town, "--size", 6)[1]["settings"]["rounds"])

    assert rounds == [1500, 375, 10]


def test_the_files_may_come_in_any_order_by_name_or_as_a_folder(town, capsys):
    quotas, people = town / "categories.csv", town / "respondents.csv"

    results = [
        lottery(capsys, "solve", *arguments)[1]
        for arguments in (
            [quotas, people, "--size", 6],
            [people, quotas, "-k", 6],
            [town, "--panel-size", 6],
            ["--categories", quotas, "--respondents", people, "--size", 6],
        )
    ]

    assert all(result == results[0] for result in results)


def test_a_draw_from_commitment_to_replacement_is_confirmed(town, capsys):
    folder = town / "public"
    commit = ["commit", town, "--size", 6, "--panels", 40, "--out", folder, "--source", "lotto", "--secret", "s" * 16]
    code, committed, _ = lottery(capsys, *commit)
    assert code == 0
    assert committed["largest_deviation"] <= 0.05

    code, drawn, _ = lottery(capsys, "draw", folder, "--randomness", "4 8 15 16 23 42", "--alternates", 3)
    assert code == 0
    assert len(drawn["ids"]) == 6
    assert len(set(drawn["alternates"]) - set(drawn["ids"])) == 3
    code, replaced, _ = lottery(capsys, "replace", folder, "--dropped", drawn["ids"][0])
    assert code == 0
    assert drawn["ids"][0] not in replaced["panel"]
    code, again, _ = lottery(capsys, "replace", folder, "--dropped", replaced["replacements"][0])
    assert (code, again["step"]) == (0, 2)
    assert drawn["ids"][0] not in again["panel"]

    code, verified, _ = lottery(capsys, "verify", folder, "--commitment", committed["commitment"])
    assert (code, verified["confirmed"], verified["number"]) == (0, True, drawn["number"])

    record = folder / "replacement-2.json"
    record.write_bytes(record.read_bytes().replace(b'"dropped"', b'"Dropped"'))
    assert lottery(capsys, "verify", folder)[0] == 1


def test_a_draw_happens_once(town, capsys):
    folder = town / "public"
    lottery(capsys, "commit", town, "--size", 6, "--panels", 10, "--out", folder, "--source", "lotto")
    lottery(capsys, "draw", folder, "--randomness", "1")

    assert lottery(capsys, "draw", folder, "--randomness", "1")[0] == 0
    code, _, error = lottery(capsys, "draw", folder, "--randomness", "2")

    assert code == 2
    assert "A draw happens once" in error
    assert lottery(capsys, "commit", town, "--size", 6, "--out", folder)[0] == 2


def test_check_tells_the_conflict_and_the_least_change(town, capsys):
    (town / "categories.csv").write_text(QUOTAS.replace("young,2,3", "young,5,6"))

    code, result, _ = lottery(capsys, "check", town, "--size", 6)

    assert code == 1
    assert result["feasible"] is False
    assert {(c["feature"], c["bound"]) for c in result["conflict"]} == {("young", "min"), ("old", "min")}
    assert result["relaxation_cost"] == 2
    code, _, error = lottery(capsys, "solve", town, "--size", 6)
    assert code == 2
    assert "cannot be kept together" in error


def test_quotas_from_residents_can_be_used_at_once(town, capsys):
    residents = (
        "area,category,feature,count\n01,age,young,330\n01,age,old,670\n01,district,east,500\n01,district,west,500\n"
    )
    (town / "residents.csv").write_text(residents)
    written = town / "own.csv"

    code, result, _ = lottery(capsys, "quotas", town / "residents.csv", "--size", 6, "--area", "01", "--csv", written)

    assert code == 0
    assert result["quotas"][0] | {"feature": "young", "min": 0, "max": 3} == result["quotas"][0]
    assert lottery(capsys, "check", written, town / "respondents.csv", "--size", 6)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["solve", "absent.csv", "--size", "6"], "absent.csv cannot be read"),
        (["solve", "{town}"], "--size N"),
        (["solve", "{town}", "--size", "six"], "“six” is not a whole number"),
        (["solve", "{town}/categories.csv", "--size", "6"], "respondents.csv (the pool)"),
        (["solve", "{town}", "--size", "60"], "cannot be drawn from a pool of 24 people"),
        (["solve", "{town}", "--size", "0"], "the size is at least 1"),
        (["solve", "--categories", "{town}", "--respondents", "{town}", "--size", "6"], "cannot be read"),
        (["verify", "{town}/absent"], "no folder of a published draw"),
        (["draw", "{town}", "--randomness", "1"], "commitment.json cannot be read"),
        (["replace", "{town}", "--dropped", "p01"], "--panel FILE"),
        (["solve", "{town}", "--size", "6", "--json", "{town}/respondents.csv"], "written over"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(town, capsys, arguments, words):
    code, _, error = lottery(capsys, *(argument.format(town=town) for argument in arguments))

    assert code == 2
    assert words in error
    assert "Traceback" not in error
