"""Published and independently computed outcomes of real elections are reproduced."""

import json

import pytest

from mitstadt.methods.budgeting import count, measure, read_pb
from real_data import DATA, real_file
from scale import scaled

FOUND = sorted((DATA / "pb").glob("*.ref.json"), key=lambda path: path.with_name(path.name[:-9] + ".pb").stat().st_size)
REFERENCES = scaled(FOUND[:4], FOUND)


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.name.split(".")[0])
def test_every_reference_outcome_is_reproduced(path):
    election = read_pb(path.with_name(path.name.replace(".ref.json", ".pb")).read_bytes())
    for row in json.loads(path.read_text())["results"]:
        name = row["completion"].split(":")[0].split()[0]
        outcome = count(
            election,
            rule={"mes": "equal-shares"}.get(row["rule"], row["rule"]),
            utility="cost" if row["utility"] == "-" else row["utility"],
            completion="none" if name == "-" else name,
        )
        label = (row["rule"], row["utility"], name)
        assert set(outcome.winner_ids) == set(row["winners"]), label
        assert outcome.cost == int(row["total_cost"]), label
        if row["rule"] != "phragmen":  # the peer sorts its winners by id
            assert list(outcome.winner_ids) == row["winners_in_order"], label


def test_wieliczka_decided_thirty_projects_and_the_exhaustive_variant_would_have_been_another_decision():
    election = read_pb(real_file("pb/Poland_Wieliczka_2023_Green_Budget.pb").read_bytes())
    official = {p.id for p in election.projects if p.attribute("selected") == "1"}
    outcome = count(election, completion="add1-integral")
    assert set(outcome.winner_ids) == official
    assert len(official) == 30
    assert outcome.ladder.holds_from <= 313 <= outcome.ladder.holds_to  # the endowment the city published
    assert len(count(election, completion="add1e").winners) == 31
    assert round(measure(outcome).exclusion_ratio, 3) == 0.178


def test_assen_decided_nine_projects():
    election = read_pb(real_file("pb/Netherlands_Assen_2024.pb").read_bytes())
    official = {p.id for p in election.projects if p.attribute("selected") == "1"}
    for completion in ("add1", "add1e", "add1-integral"):
        assert set(count(election, completion=completion).winner_ids) == official


def test_lodz_and_warsaw_decided_greedily():
    for name in ("Poland_Lodz_2022", "Poland_Warszawa_2020_Praga-Poludnie"):
        election = read_pb(real_file(f"pb/{name}.pb").read_bytes())
        official = {p.id for p in election.projects if p.attribute("selected") == "1"}
        assert set(count(election, rule="greedy", utility="cost").winner_ids) == official
