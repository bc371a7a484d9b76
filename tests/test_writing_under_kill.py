"""Whoever was given a receipt is in the record, once, though the server was killed under their hands."""

import pytest
from benchmarks.writing import losses, write_all

from scale import scaled
from served import DATABASES, city_on


@pytest.mark.slow
@pytest.mark.parametrize("database", DATABASES)
def test_no_acknowledged_contribution_is_lost_or_doubled_when_the_server_is_killed(tmp_path_factory, database):
    # Each stays below what one person may write in an hour.
    clients, count, kills = scaled((4, 60, 2), (60, 1_320, 65))
    with city_on(database, tmp_path_factory, clients=clients, workers=1) as city:
        writers = write_all(city, contributions=count, kills=kills)
        receipts = [receipt for writer in writers for receipt in writer.receipts]
        kept = city.kept()

        assert len(receipts) == count
        assert losses(receipts, kept) == []
        assert len(kept) == len(receipts), "a contribution nobody was told of"
        assert sum(writer.tries for writer in writers) > count, "the server was not killed in the middle"
        assert city.log_is_sound()
