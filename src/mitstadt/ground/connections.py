"""From which connection a request came, counted from the right: what our proxies wrote, never a visitor."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

# Whoever has an IPv6 connection has at least this many addresses of their own: they count as one.
_IPV6_PREFIX = 64


def connection_from(peer: str, forwarded: str, *, proxies: int) -> str:
    """The address of the connection.

    Parameters
    ----------
    peer : str
        Who speaks to this program: the last proxy, or the visitor where there is none.
    forwarded : str
        X-Forwarded-For: each proxy appends whom it spoke to. What stands further left, a visitor may have made up.
    proxies : int
        How many proxies of our own each request passes.
    """
    named = [word.strip() for word in forwarded.split(",") if word.strip()] if proxies else []
    chain = [*named[-proxies:], peer]
    return _network(chain[0]) or _network(peer) or "-"


def _network(written: str) -> str:
    """The address, an IPv6 one as its network; empty where it is none."""
    plain = written.strip().strip('"')
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        address = ip_address(plain)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), _IPV6_PREFIX), strict=False).network_address)
    return str(address)
