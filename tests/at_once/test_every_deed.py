"""Every deed of the product, done several times at the same moment: a double click, a lost answer, two of an office.

Nobody sees an error, one deed leaves one act, every count is what it counts, and the log verifies.
"""

import pytest

from deeds_at_once import (
    acts_now,
    acts_since,
    all_is_right,
    as_seen_before,
    deeds_of,
    errors_in,
    owners,
    scenes,
    table_of,
)
from mitstadt.spine.tests.at_once import at_once
from scale import scaled

pytestmark = pytest.mark.django_db(transaction=True)
SCENES = scenes()
# Those that many do, and those of which a second try once left a wrong count or an act too many.
SAMPLE = {
    "mitstadt.participation.drafting.actions.contributions.contribute",
    "mitstadt.spine.actions.accounts.delete_account",
    "mitstadt.spine.actions.moderation.decide",
    "mitstadt.spine.actions.withdrawal.withdraw",
}
TRIES = scaled(4, 6)


@pytest.mark.parametrize("owner", owners())
def test_no_deed_of_an_owner_is_forgotten(owner):
    table, deeds = table_of(owner), set(deeds_of(owner))

    assert deeds - set(table.SCENES) - set(table.PARTS) == set(), "Set its scene in tests/deeds.py."
    assert set(table.PARTS) - deeds == set()
    assert set(table.SCENES) & set(table.PARTS) == set()
    assert SCENES.keys() >= SAMPLE


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in SAMPLE else [pytest.mark.thorough]) for name in sorted(SCENES)]
)
def test_a_deed_done_several_times_at_once_is_done_as_often_as_it_may(name, shared_database):
    tried = SCENES[name]()
    tries = [as_seen_before(tried.call) for _ in range(TRIES)]
    shared_database()
    before = acts_now()

    results = at_once(tries)

    assert errors_in(results) == []
    assert acts_since(before) == tried.acts(TRIES)
    all_is_right()
