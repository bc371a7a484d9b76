"""Whoever was given a receipt is in the record, once, though the server was killed under their hands."""

import pytest
from benchmarks.writing import losses, served_city, write_all

from scale import scaled
from served import prepared_folder


@pytest.mark.slow
def test_no_acknowledged_contribution_is_lost_or_doubled_when_the_server_is_killed(tmp_path_factory):
    count, kills = scaled((60, 2), (600, 6))
    with served_city(clients=4, workers=1, prepared=prepared_folder(tmp_path_factory)) as city:
        writers = write_all(city, contributions=count, kills=kills)
        receipts = [receipt for writer in writers for receipt in writer.receipts]
        kept = city.kept()

        assert len(receipts) == count
        assert losses(receipts, kept) == []
        assert len(kept) == len(receipts), "a contribution nobody was told of"
        assert sum(writer.tries for writer in writers) > count, "the server was not killed in the middle"
        assert city.log_is_sound()
