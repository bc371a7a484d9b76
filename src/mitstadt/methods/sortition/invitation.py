"""Whom to invite: letters to households, spread over areas or other strata, in the order of a public lot."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import sha256_hex
from mitstadt.methods.sortition.tables import read_table


@dataclass(frozen=True)
class Invitations:
    """Households to write to.

    Parameters
    ----------
    households : tuple of str
        In the order of the lot within each stratum.
    per_stratum : dict of str to (letters, households)
    """

    households: tuple[str, ...]
    per_stratum: Mapping[str, tuple[int, int]]


def invite(
    households: Iterable[tuple[str, str]], letters: int, *, randomness: str, response: Mapping[str, float] | None = None
) -> Invitations:
    """Spread letters over strata and draw the households of each by lot.

    Every household of a stratum has the same chance. Strata get letters in proportion to their households, divided by
    the expected share of answers where it is known, so that the answers mirror the strata.

    Parameters
    ----------
    households : iterable of (household, stratum)
        A household that is listed twice, say once per resident, counts once.
    letters : int
    randomness : str
        Public randomness.
    response : dict of stratum to share, optional
        Expected share of answers; 1 where a stratum is missing.

    Raises
    ------
    MethodError
        ``letters_number``, ``household_in_two_strata`` or ``response_share``.

    Examples
    --------
    >>> homes = [(f"h{i}", "north" if i < 30 else "south") for i in range(40)]
    >>> invite(homes, 8, randomness="4 8 15").per_stratum
    {'north': (6, 30), 'south': (2, 10)}
    """
    stratum_of: dict[str, str] = {}
    for household, stratum in households:
        if stratum_of.setdefault(household, stratum) != stratum:
            sentence = f"The household “{household}” is listed in “{stratum_of[household]}” and in “{stratum}”."
            raise MethodError("household_in_two_strata", sentence, household=household)
    members: dict[str, list[str]] = defaultdict(list)
    for household, stratum in stratum_of.items():
        members[stratum].append(household)
    if not 1 <= letters <= len(stratum_of):
        sentence = f"{letters} letters cannot go to {len(stratum_of)} households: choose between 1 and their number."
        raise MethodError("letters_number", sentence, letters=letters, households=len(stratum_of))
    share = _allotted({s: len(members[s]) for s in sorted(members)}, letters, response or {})
    seed = sha256_hex(f"mitstadt-invitation-1\n{randomness}".encode())
    chosen = [home for stratum, count in share.items() for home in _lot(seed, members[stratum])[:count]]
    return Invitations(tuple(chosen), {s: (count, len(members[s])) for s, count in share.items()})


def _lot(seed: str, households: list[str]) -> list[str]:
    key = bytes.fromhex(seed)
    return sorted(households, key=lambda home: hmac.new(key, home.encode(), hashlib.sha256).digest())


def _allotted(sizes: Mapping[str, int], letters: int, response: Mapping[str, float]) -> dict[str, int]:
    """Largest remainders, never more letters than households; what a full stratum cannot take goes to the others."""
    for stratum, share in response.items():
        if not 0 < share <= 1:
            raise MethodError("response_share", f"The share of answers in “{stratum}” is {share}, not in (0, 1].")
    weight = {stratum: size / response.get(stratum, 1.0) for stratum, size in sizes.items()}
    given = dict.fromkeys(sizes, 0)
    while (left := letters - sum(given.values())) > 0:
        open_ = [stratum for stratum in sizes if given[stratum] < sizes[stratum]]
        total = sum(weight[stratum] for stratum in open_)
        wanted = {stratum: left * weight[stratum] / total for stratum in open_}
        for stratum in open_:
            given[stratum] += min(int(wanted[stratum] + 1e-9), sizes[stratum] - given[stratum])
        rest = letters - sum(given.values())
        by_rest = sorted(open_, key=lambda s: (int(wanted[s] + 1e-9) - wanted[s], s))
        if rest < len(open_):
            for stratum in [s for s in by_rest if given[s] < sizes[s]][:rest]:
                given[stratum] += 1
    return given


def read_register(lines: Iterable[str], *, name: str = "register.csv") -> list[tuple[str, str]]:
    """Read households and their strata from CSV with the columns household and, optionally, stratum or area.

    Raises
    ------
    MethodError
        ``register_header``, or those of `read_table`.
    """
    table = read_table(lines, name=name)
    household, stratum = table.column("household", "id", "address"), table.column("stratum", "area", "district")
    if household is None:
        sentence = f"{name}: the header needs household and, optionally, stratum; it has {', '.join(table.header)}."
        raise MethodError("register_header", sentence, name=name)
    return [(row.cells[household], row.cells[stratum] if stratum is not None else "all") for row in table.rows]
