"""Whoever was given a receipt is in the record, once, though the server was killed under their hands."""

import pytest
from benchmarks.writing import losses, write_all

from scale import scaled
from served import DATABASES, city_on

# So many cities, one after another: in each of them nobody writes more than one person may in an hour.
CITIES, CONTRIBUTIONS, KILLS = scaled((1, 60, 2), (11, 100, 6))


@pytest.mark.slow
@pytest.mark.parametrize("database", DATABASES)
def test_no_acknowledged_contribution_is_lost_or_doubled_when_the_server_is_killed(tmp_path_factory, database):
    for _city in range(CITIES):
        with city_on(database, tmp_path_factory, clients=4, workers=1) as city:
            writers = write_all(city, contributions=CONTRIBUTIONS, kills=KILLS)
            receipts = [receipt for writer in writers for receipt in writer.receipts]
            kept = city.kept()

            assert len(receipts) == CONTRIBUTIONS
            assert losses(receipts, kept) == []
            assert len(kept) == len(receipts), "a contribution nobody was told of"
            assert sum(writer.tries for writer in writers) > CONTRIBUTIONS, "the server was not killed in the middle"
            assert city.log_is_sound()
