"""No address disappears without a decision: the list in docs/routes.txt is what the city promises to keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from mitstadt.site.slices import SLICES


def _is_of_a_further_slice(resolver: URLResolver) -> bool:
    """Whether a city added these addresses: the house does not promise them."""
    name = getattr(resolver.urlconf_name, "__name__", "")
    return any(name == f"{one}.urls" for one in settings.SLICES if one not in SLICES)


def routes() -> list[str]:
    """Every address of ours with its name, sorted."""
    return sorted(set(_below(get_resolver(), "")))


def faults(listed: Path) -> list[str]:
    """Addresses that are new or gone, compared with the list."""
    promised = set(listed.read_text(encoding="utf-8").splitlines()) if listed.exists() else set()
    actual = set(routes())
    new = [f"New address, not in {listed.name}: {route}" for route in sorted(actual - promised)]
    gone = [f"Promised address is gone: {route}" for route in sorted(promised - actual)]
    return [*new, *gone]


def _below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            if not _is_of_a_further_slice(pattern):
                yield from _below(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield f"/{path} {pattern.name or '-'}"
