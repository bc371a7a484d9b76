"""From counts per class to people: who sits on which panel, so that alike people are treated exactly alike.

A mixture says how long each panel "sits" on a time axis of length one. Within a class every person must sit equally
long. Person after person takes the moments at which most members of the class are still needed (the construction of
Havel and Hakimi); each person cuts at most one panel in two, so that at most one panel per person is added.
Where several classes share a kind of household the homes take turns instead.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import lcm

import numpy as np

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.classes import Household, Problem
from mitstadt.methods.sortition.decomposition import Mixture

_MOMENT = 1e-12
# Entries of all panels together: about a gigabyte while they are written down.
MAX_SEATS = 20_000_000


@dataclass(frozen=True)
class PeoplePanel:
    """A panel of people (positions in the pool, sorted) and its weight."""

    people: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class _Stay:
    """A person sits on one panel from one moment to another, counted from the panel's beginning."""

    person: int
    begin: float
    end: float


_Stays = dict[int, list[_Stay]]


def seat(problem: Problem, mixture: Mixture) -> tuple[PeoplePanel, ...]:
    """Panels of people with weights that give every member of a class the same probability.

    Raises
    ------
    MethodError
        ``panels_many`` where that would take more than `MAX_SEATS` entries, as in very large pools with households.
    """
    pieces = _most_pieces(problem, mixture)
    if pieces * problem.size > MAX_SEATS:
        sentence = (
            f"To treat all {int(problem.people.sum()):,} people exactly alike would take up to {pieces:,} panels. "
            "Number the panels instead."
        )
        raise MethodError("panels_many", sentence, panels=pieces)
    stays: _Stays = defaultdict(list)
    for household in problem.households:
        if len(household.classes) == 1:
            _equal_turns(household, mixture, stays)
        elif len(household.homes) == 1:
            _one_home(household, mixture, stays)
        else:
            _taking_turns(household, mixture, stays)
    panels: list[PeoplePanel] = []
    for panel, weight in enumerate(mixture.weights):
        panels.extend(_pieces(stays[panel], float(weight)))
    total = sum(panel.weight for panel in panels)
    return tuple(PeoplePanel(panel.people, panel.weight / total) for panel in panels)


def _most_pieces(problem: Problem, mixture: Mixture) -> int:
    """A bound on the number of panels of people: every turn cuts at most one panel in two."""
    cuts = len(mixture.weights)
    for household in problem.households:
        people = sum(len(group) for home in household.homes for group in home)
        if len(household.classes) == 1 or len(household.homes) == 1:
            cuts += people
        else:
            groups = np.unique(mixture.panels[:, list(household.classes)], axis=0)
            cuts += int(groups.any(axis=1).sum()) * len(household.homes) * _laps(household)
    return cuts


def _laps(household: Household) -> int:
    return lcm(*(len(people) for people in household.homes[0]))


def _pieces(stays: list[_Stay], length: float) -> list[PeoplePanel]:
    """Cut a panel wherever somebody comes or goes."""
    cuts = sorted({0.0, length, *(s.begin for s in stays), *(s.end for s in stays)})
    moments = [0.0]
    for cut in cuts[1:]:
        if cut - moments[-1] > _MOMENT:
            moments.append(cut)
    moments[-1] = length
    if len(moments) == 2:
        return [PeoplePanel(tuple(sorted(s.person for s in stays)), length)]
    middles = np.array([(a + b) / 2 for a, b in pairwise(moments)])
    members: list[list[int]] = [[] for _ in middles]
    for stay in stays:
        first, last = np.searchsorted(middles, [stay.begin, stay.end])
        for piece in range(first, last):
            members[piece].append(stay.person)
    return [PeoplePanel(tuple(sorted(group)), moments[i + 1] - moments[i]) for i, group in enumerate(members)]


@dataclass
class _Stretch:
    """Part of a panel's time in which a class still needs `needed` people at once."""

    panel: int
    begin: float
    end: float
    needed: int


def _equal_turns(household: Household, mixture: Mixture, stays: _Stays) -> None:
    class_ = household.classes[0]
    if len(household.homes[0][0]) == 1:
        _share([home[0][0] for home in household.homes], class_, mixture, stays)
        return
    # Alike people in one home: homes share the time first, then the people of a home share the home's time.
    of_home: _Stays = defaultdict(list)
    _share(list(range(len(household.homes))), class_, mixture, of_home)
    _within_homes([home[0] for home in household.homes], of_home, stays)


def _within_homes(homes: list[tuple[int, ...]], of_home: _Stays, stays: _Stays) -> None:
    per_home: dict[int, list[tuple[int, _Stay]]] = defaultdict(list)
    for panel, group in of_home.items():
        for stay in group:
            per_home[stay.person].append((panel, stay))
    for home, turns in per_home.items():
        share = sum(stay.end - stay.begin for _, stay in turns) / len(homes[home])
        _hand_over(homes[home], turns, share, stays)


def _hand_over(people: tuple[int, ...], turns: list[tuple[int, _Stay]], share: float, stays: _Stays) -> None:
    """One after the other sits for `share` of the time that the home has."""
    position, left = 0, share
    for panel, stay in turns:
        begin = stay.begin
        while begin < stay.end - _MOMENT:
            last = position == len(people) - 1
            end = stay.end if last else min(stay.end, begin + left)
            stays[panel].append(_Stay(people[position], begin, end))
            left -= end - begin
            begin = end
            if left <= _MOMENT and not last:
                position, left = position + 1, share


def _share(people: list[int], class_: int, mixture: Mixture, stays: _Stays) -> None:
    counts = mixture.panels[:, class_]
    stretches = [
        _Stretch(int(panel), 0.0, float(mixture.weights[panel]), int(counts[panel])) for panel in np.flatnonzero(counts)
    ]
    total = sum((s.end - s.begin) * s.needed for s in stretches)
    for position, person in enumerate(people):
        share = total / len(people)
        if position == len(people) - 1:
            share = np.inf
        stretches = _take(person, share, stretches, stays)


def _take(person: int, share: float, stretches: list[_Stretch], stays: _Stays) -> list[_Stretch]:
    """Let one person sit for `share` of the time, where most people are needed first."""
    kept: list[_Stretch] = []
    left = share
    for stretch in sorted(stretches, key=lambda s: -s.needed):
        if left <= _MOMENT:
            kept.append(stretch)
            continue
        end = min(stretch.end, stretch.begin + left)
        if stretch.end - end <= _MOMENT:
            end = stretch.end
        stays[stretch.panel].append(_Stay(person, stretch.begin, end))
        left -= end - stretch.begin
        if stretch.needed > 1:
            kept.append(_Stretch(stretch.panel, stretch.begin, end, stretch.needed - 1))
        if end < stretch.end:
            kept.append(_Stretch(stretch.panel, end, stretch.end, stretch.needed))
    return kept


def _one_home(household: Household, mixture: Mixture, stays: _Stays) -> None:
    home = household.homes[0]
    for class_, people in zip(household.classes, home, strict=True):
        panels = np.flatnonzero(mixture.panels[:, class_])
        turns = [(int(panel), _Stay(0, 0.0, float(mixture.weights[panel]))) for panel in panels]
        share = sum(stay.end for _, stay in turns) / len(people)
        _hand_over(people, turns, share, stays)


def _taking_turns(household: Household, mixture: Mixture, stays: _Stays) -> None:
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for panel, counts in enumerate(mixture.panels[:, list(household.classes)]):
        if counts.any():
            groups[tuple(int(count) for count in counts)].append(panel)
    for wanted, panels in groups.items():
        _rotate(household, wanted, [(panel, float(mixture.weights[panel])) for panel in panels], stays)


def _rotate(household: Household, wanted: tuple[int, ...], panels: list[tuple[int, float]], stays: _Stays) -> None:
    """The homes move one seat on at equal intervals; after each lap the next person of a home has the turn."""
    homes = len(household.homes)
    laps = _laps(household)
    total = sum(length for _, length in panels)
    steps = np.linspace(0.0, total, homes * laps + 1)
    seats = [class_ for class_, count in enumerate(wanted) for _ in range(count)]
    start = 0.0
    for panel, length in panels:
        first = max(int(np.searchsorted(steps, start, side="right")) - 1, 0)
        for step in range(first, homes * laps):
            begin, end = max(steps[step], start), min(steps[step + 1], start + length)
            if begin >= start + length - _MOMENT:
                break
            if end - begin <= _MOMENT:
                continue
            for place, class_ in enumerate(seats):
                people = household.homes[(place + step) % homes][class_]
                person = people[(step // homes) % len(people)]
                stays[panel].append(_Stay(person, begin - start, end - start))
        start += length
