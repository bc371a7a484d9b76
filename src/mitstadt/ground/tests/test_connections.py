"""Which connection a request came from: only what our own proxies wrote is believed."""

import pytest

from mitstadt.ground.connections import connection_from


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "found"),
    [
        ("192.0.2.9", "198.51.100.1", 0, "192.0.2.9"),
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", 2, "198.51.100.1"),
        ("10.0.0.1", "Hallo", 1, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:4711", 1, "198.51.100.1"),
        ("10.0.0.1", '"[2001:db8:1:2:3:4:5:6]:4711"', 1, "2001:db8:1:2::"),
        ("2001:db8:1:2::99", "", 0, "2001:db8:1:2::"),
        ("::ffff:192.0.2.9", "", 0, "192.0.2.9"),
        ("", "", 0, "-"),
    ],
)
def test_the_connection_is_counted_from_the_right(peer, forwarded, proxies, found):
    assert connection_from(peer, forwarded, proxies=proxies) == found
