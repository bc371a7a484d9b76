"""Whoever was given a receipt is in the record, once, though the server was killed under their hands."""

import pytest

from benchmarks.writing import losses, served_city, write_all


@pytest.mark.slow
def test_no_acknowledged_contribution_is_lost_or_doubled_when_the_server_is_killed():
    with served_city(clients=4, workers=1) as city:
        writers = write_all(city, contributions=120, kills=3, kill_every_s=1.0)
        receipts = [receipt for writer in writers for receipt in writer.receipts]
        kept = city.kept()

        assert len(receipts) == 120
        assert losses(receipts, kept) == []
        assert len(kept) == len(receipts), "a contribution nobody was told of"
        assert sum(writer.tries for writer in writers) > 120, "the server was not killed in the middle"
        assert city.log_is_sound()
