"""Before the draw: quotas that mirror residents, letters spread fairly, warnings while there is time."""

from collections import Counter

import pytest

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.classes import build_problem
from mitstadt.methods.sortition.invitation import invite
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.quotas import Quota, Quotas, read_quotas
from mitstadt.methods.sortition.residents import quotas_from_residents
from mitstadt.methods.sortition.scarcity import scarce_cells
from real_data import real_file

LONG = [
    "area,category,feature,count\n",
    "01,age,young,300\n", "01,age,old,700\n", "01,gender,female,515\n", "01,gender,male,485\n",
    "02,age,young,900\n", "02,age,old,100\n", "02,gender,female,500\n", "02,gender,male,500\n",
]  # fmt: skip


def bounds(found):
    return {(q.category, q.feature): (q.minimum, q.maximum) for q in found.quotas.quotas}


def test_quotas_are_the_share_rounded_both_ways_plus_slack():
    found = quotas_from_residents(LONG, 20, area="01", slack=1)

    assert bounds(found) == {
        ("age", "young"): (5, 7),
        ("age", "old"): (13, 15),
        ("gender", "female"): (9, 12),
        ("gender", "male"): (8, 11),
    }


def test_areas_add_up_and_features_can_be_left_out():
    found = quotas_from_residents(LONG, 10, slack=0, without=["male"])

    assert bounds(found) == {("age", "young"): (6, 6), ("age", "old"): (4, 4), ("gender", "female"): (10, 10)}


def test_an_unknown_area_is_told():
    with pytest.raises(MethodError, match="no area “99”"):
        quotas_from_residents(LONG, 10, area="99")


def test_berlins_own_table_gives_age_bands_and_origin_for_a_district():
    with real_file("population/einwohner_2023-02_t2_plr.csv").open() as lines:
        of_parts = quotas_from_residents(lines, 100, area="01", without=["below_6", "6_15"])
    with real_file("population/einwohner_2023-02_t2_bezirke.csv").open() as lines:
        of_district = quotas_from_residents(lines, 100, area="01", without=["below_6", "6_15"])

    assert set(of_district.quotas.categories) == {"age", "female", "foreigners"}
    assert sum(share.places for share in of_district.shares if share.category == "age") == pytest.approx(100)
    assert len(of_parts.areas) > 20
    for part, whole in zip(of_parts.shares, of_district.shares, strict=True):
        assert part.places == pytest.approx(whole.places, abs=0.5)


def test_no_category_of_the_register_of_residents_hides_another():
    with real_file("population/EWR201912E_Matrix.csv").open() as lines:
        found = quotas_from_residents(lines, 110, area="01")

    assert found.quotas.categories == ("E", "E00_01 … E95_110", "EU1 … E80U110")
    assert found.quotas.features["E"] == ("EM", "EW")
    for category in found.quotas.categories:
        assert sum(share.places for share in found.shares if share.category == category) == pytest.approx(110)


def test_a_column_that_is_called_a_share_but_counts_people_is_read():
    with real_file("population/einwohner_ortsteile_2023.csv").open() as lines:
        found = quotas_from_residents(lines, 100, area="Mitte")

    assert found.quotas.categories == ("< 6 … 65 <=", "female")
    women = next(share for share in found.shares if (share.category, share.feature) == ("female", "yes"))
    assert (women.residents, round(women.places, 1)) == (53117, 49.2)


def test_written_quotas_read_back_the_same():
    quotas = Quotas((Quota("age, in years", 'the "young"', 0, 3), Quota("age, in years", "old", 1, 2)))

    assert read_quotas(quotas.to_csv().splitlines(keepends=True)) == quotas


def test_letters_follow_the_size_of_strata_and_the_expected_answers():
    homes = [(f"n{i}", "north") for i in range(60)] + [(f"s{i}", "south") for i in range(40)]

    even = invite(homes, 50, randomness="7")
    uneven = invite(homes, 50, randomness="7", response={"south": 0.5})

    assert even.per_stratum == {"north": (30, 60), "south": (20, 40)}
    assert uneven.per_stratum["south"][0] > 20
    assert sum(letters for letters, _ in uneven.per_stratum.values()) == 50


def test_every_household_of_a_stratum_is_written_to_equally_often():
    homes = [(f"h{i}", "all") for i in range(10)]

    counted = Counter(home for s in range(400) for home in invite(homes, 5, randomness=str(s)).households)

    assert all(150 <= counted[home] <= 250 for home, _ in homes)


def test_a_household_in_two_strata_is_told():
    with pytest.raises(MethodError, match="listed in “a” and in “b”"):
        invite([("h", "a"), ("h", "b")], 1, randomness="1")


def test_people_of_whom_there_are_hardly_enough_are_named_before_invitations_go_out():
    features = (("young", "east"),) * 3 + (("old", "east"),) * 20 + (("old", "west"),) * 20
    pool = Pool(tuple(f"p{i}" for i in range(43)), ("age", "district"), features)
    quotas = Quotas(
        (
            Quota("age", "young", 2, 3),
            Quota("age", "old", 5, 8),
            Quota("district", "east", 3, 5),
            Quota("district", "west", 3, 5),
        )
    )

    (cell,) = [c for c in scarce_cells(build_problem(pool, quotas, 8)) if len(c.features) == 1]

    assert cell.features == (("age", "young"),)
    assert cell.in_pool == 3
    assert cell.invite >= 2
