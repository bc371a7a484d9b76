"""Every route of the city, and an example address for each in the whole city."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from whole_city import WholeCity

Arguments = dict[str, Any]
TABLE = Path(__file__).parent / "table.txt"


@dataclass(frozen=True)
class Route:
    """One route: its name, its pattern, and what its address needs."""

    name: str
    pattern: str
    needs: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def table_rows() -> dict[tuple[str, str], tuple[int, ...]]:
    """The table of every address and persona: statuses by route and method."""
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {(name, method): tuple(map(int, cells)) for name, method, *cells in lines}


def routes() -> list[Route]:
    """All routes, in the order in which they are tried."""
    return list(_below(get_resolver(), "", ()))


def _below(resolver: URLResolver, prefix: str, needs: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path, wanted = f"{prefix}{entry.pattern}", (*needs, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _below(entry, path, wanted)
        elif isinstance(entry, URLPattern):
            yield Route(entry.name or f"a route without a name: {path}", path, wanted)


def address(route: Route, city: WholeCity, **other: Any) -> str:
    """The address of the route in the open process of Mitte, or with other arguments where given."""
    known = {**_common(route, city), **_SPECIAL.get(route.name, _nothing)(city), **other}
    return reverse(route.name, kwargs={name: known[name] for name in route.needs})


def _common(route: Route, city: WholeCity) -> Arguments:
    of_process = "beteiligungen/" in route.pattern or "schalter/" in route.pattern
    about = city.text if "texte/" in route.pattern else city.process if of_process else city.contribution
    return {
        "ref": about.ref,
        "rest": "synopse/",
        "passage_ref": city.passage.ref,
        "typed": city.contribution.ref,
        "slug": city.process.host.slug,
    }


def _nothing(_city: WholeCity) -> Arguments:
    return {}


_SPECIAL: dict[str, Callable[[WholeCity], Arguments]] = {
    "contribute": lambda _city: {"form": "comment"},
    # Merged and split is what has no answer yet.
    "merge": lambda city: {"ref": city.other_contribution.ref},
    "split": lambda city: {"ref": city.other_contribution.ref},
    "reply": lambda city: {"ref": city.comment.ref},
    "synopsis_file": lambda _city: {"extension": "csv"},
    "host_step": lambda _city: {"step": "frage"},
    "host_commitment_part": lambda _city: {"part": "geld"},
    "host_phase": lambda _city: {"place": 1},
    "moderation_case": lambda city: {"ref": city.held.ref},
    "mailbox_mail": lambda _city: {"name": "no-such-mail"},
    "log_proof": lambda _city: {"index": 0},
    "digest_off": lambda _city: {"token": "nobody"},
    # The sign-in library's own pages with keys from mails: a key that nobody has.
    "account_confirm_email": lambda _city: {"key": "a-b"},
    "account_reset_password_from_key": lambda _city: {"uidb36": "1", "key": "a-b"},
    "mfa_remove_webauthn": lambda _city: {"pk": 1},
    "mfa_edit_webauthn": lambda _city: {"pk": 1},
}
