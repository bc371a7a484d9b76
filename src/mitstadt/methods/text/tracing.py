"""What became of every passage from one version of a text to the next."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.alignment import matched_pairs

ArrivalState = Literal["kept", "changed", "split", "merged", "new"]
DepartureState = Literal["kept", "changed", "split", "merged", "dropped"]
WORD = re.compile(r"\w+")
# Two passages are versions of one when their words and word pairs, weighed by rarity, agree to this share.
ALIKE = 0.4
# A passage is a piece of another when this share of it is found there and not already in the other's main successor.
PIECE = 0.6
# Between matched neighbours a lone pair may be less alike: its place speaks for it.
ALIKE_IN_PLACE = 0.5
# Words that so many passages share tell nothing about which belong together.
COMMONPLACE = 60


@dataclass(frozen=True, slots=True)
class Versioned:
    """A passage of a version; ``predecessors`` as declared by the editors, None to find out, () for a new one."""

    ref: str
    text: str
    predecessors: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A passage of the new version and where it comes from."""

    ref: str
    state: ArrivalState
    predecessors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """A passage of the old version and what it went into."""

    ref: str
    state: DepartureState
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One passage of the old version went into one of the new."""

    old: str
    new: str
    similarity: float
    declared: bool


@dataclass(frozen=True, slots=True)
class Tracing:
    """Every passage of both versions exactly once, in its order, and the links between them."""

    arrivals: tuple[Arrival, ...]
    departures: tuple[Departure, ...]
    links: tuple[Link, ...]


Pair = tuple[int, int]


def trace(old: Sequence[Versioned], new: Sequence[Versioned]) -> Tracing:
    """What became of every old passage, and where every new one comes from.

    Declared predecessors always count. The others are linked by equal text in order, then by likeness, best first,
    then pieces of split and merged passages, then lone pairs between linked neighbours. A passage with several
    predecessors is ``merged``; with one that has several successors ``split``; an old one with several successors is
    ``split``, with one that has several predecessors ``merged``. Swapping the versions swaps split with merged and new
    with dropped.

    Raises
    ------
    MethodError
        ``text_ref_twice`` or ``text_predecessor_unknown``.

    Examples
    --------
    >>> t = trace([Versioned("1", "Mehr Bäume am Platz.")], [Versioned("1", "Mehr Bäume und Bänke am Platz.")])
    >>> t.arrivals[0].state, t.departures[0].successors
    ('changed', ('1',))
    """
    _refuse_doubled(old)
    _refuse_doubled(new)
    declared = _declared(old, new)
    undeclared = [n for n, passage in enumerate(new) if passage.predecessors is None]
    spoken_for = {i for i, _ in declared}
    found = _found_links([p.text for p in old], [new[n].text for n in undeclared], spoken_for)
    links = {(i, undeclared[j]): score for (i, j), score in found.items()} | dict.fromkeys(declared, 1.0)
    return _told(old, new, links, declared)


def _refuse_doubled(passages: Sequence[Versioned]) -> None:
    doubled = next((ref for ref, count in Counter(p.ref for p in passages).items() if count > 1), None)
    if doubled is not None:
        sentence = f"The number {doubled} stands for two passages. Number the passages anew."
        raise MethodError("text_ref_twice", sentence, ref=doubled)


def _declared(old: Sequence[Versioned], new: Sequence[Versioned]) -> set[Pair]:
    place = {passage.ref: n for n, passage in enumerate(old)}
    pairs: set[Pair] = set()
    for j, passage in enumerate(new):
        for ref in passage.predecessors or ():
            if ref not in place:
                sentence = f"Passage {passage.ref} names {ref} as its origin, which the old version does not have."
                raise MethodError("text_predecessor_unknown", f"{sentence} Correct it.", ref=passage.ref, origin=ref)
            pairs.add((place[ref], j))
    return pairs


def _found_links(old: Sequence[str], new: Sequence[str], spoken_for: set[int]) -> dict[Pair, float]:
    """Links by likeness. Computed in one fixed direction, so that swapped versions give the mirrored links."""
    if not spoken_for and list(map(_plain, new)) < list(map(_plain, old)):
        return {(i, j): score for (j, i), score in _Matching(new, old, set()).links.items()}
    return _Matching(old, new, spoken_for).links


def _plain(text: str) -> str:
    return " ".join(text.split())


class _Matching:
    """Finds the links step by step; earlier steps are surer than later ones."""

    def __init__(self, old: Sequence[str], new: Sequence[str], spoken_for: set[int]) -> None:
        self.old, self.new = list(map(_plain, old)), list(map(_plain, new))
        self.spoken_for = spoken_for
        self.links: dict[Pair, float] = {}
        self.old_done: dict[int, int] = {}
        self.new_done: dict[int, int] = {}
        self._equal()
        self.features = _Features(self.old, self.new)
        self._alike()
        self._in_place()
        self._pieces()

    def _link(self, i: int, j: int, score: float) -> None:
        if i not in self.old_done and j not in self.new_done and i not in self.spoken_for:
            self.links[i, j] = score
            self.old_done[i], self.new_done[j] = j, i

    def _equal(self) -> None:
        for i, j in matched_pairs(self.old, self.new):
            self._link(i, j, 1.0)
        waiting: dict[str, list[int]] = {}
        for j, text in enumerate(self.new):
            if j not in self.new_done:
                waiting.setdefault(text, []).append(j)
        for i, text in enumerate(self.old):
            if i not in self.old_done and i not in self.spoken_for and waiting.get(text):
                self._link(i, waiting[text].pop(0), 1.0)

    def _alike(self) -> None:
        scored = [
            (-self.features.likeness(i, j), abs(i / len(self.old) - j / len(self.new)), i, j)
            for i, j in self.features.candidates(self._open_old(), self._open_new())
        ]
        for negative, _, i, j in sorted(scored):
            if -negative >= ALIKE:
                self._link(i, j, round(-negative, 3))

    def _open_old(self) -> list[int]:
        return [i for i in range(len(self.old)) if i not in self.old_done and i not in self.spoken_for]

    def _open_new(self) -> list[int]:
        return [j for j in range(len(self.new)) if j not in self.new_done]

    def _in_place(self) -> None:
        """A passage alone between two linked neighbours on both sides is the same one, reworded."""
        for i in self._open_old():
            before = self.old_done.get(i - 1, -1 if i == 0 else -2)
            after = self.old_done.get(i + 1, len(self.new) if i + 1 == len(self.old) else -2)
            if before != -2 and after == before + 2 and before + 1 not in self.new_done:
                score = _letters_alike(self.old[i], self.new[before + 1])
                if score >= ALIKE_IN_PLACE:
                    self._link(i, before + 1, round(score, 3))

    def _pieces(self) -> None:
        """Unlinked passages that are part of a passage on the other side: pieces of a split or a merger."""
        extra: dict[Pair, float] = {}
        for j in self._open_new():
            rivals = self.features.holders_of_new(j, range(len(self.old)))
            best = max(((self._share(i, j), -i) for i in rivals), default=(0.0, 0))
            if best[0] >= PIECE:
                extra[-best[1], j] = round(best[0], 3)
        for i in self._open_old():
            rivals = self.features.holders_of_old(i, range(len(self.new)))
            best = max(((self._share_back(i, j), -j) for j in rivals), default=(0.0, 0))
            if best[0] >= PIECE:
                extra[i, -best[1]] = round(best[0], 3)
        self.links |= extra

    def _share(self, i: int, j: int) -> float:
        taken = self.features.new[self.old_done[i]] if i in self.old_done else frozenset()
        return self.features.share(self.features.new[j], self.features.old[i] - taken)

    def _share_back(self, i: int, j: int) -> float:
        taken = self.features.old[self.new_done[j]] if j in self.new_done else frozenset()
        return self.features.share(self.features.old[i], self.features.new[j] - taken)


class _Features:
    """Words and word pairs of all passages, weighed by how rare they are."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = [_features(text) for text in old], [_features(text) for text in new]
        counts = Counter(feature for passage in [*self.old, *self.new] for feature in passage)
        total = len(old) + len(new)
        self.weight = {feature: math.log1p(total / count) for feature, count in counts.items()}
        self.size_old = [self._size(passage) for passage in self.old]
        self.size_new = [self._size(passage) for passage in self.new]
        self.in_old, self.in_new = _index(self.old), _index(self.new)

    def _size(self, passage: frozenset[str]) -> float:
        # Sets have no fixed order; sums of floats must not depend on it.
        return math.fsum(self.weight[feature] for feature in passage)

    def likeness(self, i: int, j: int) -> float:
        together = self.size_old[i] + self.size_new[j]
        return 2 * self._size(self.old[i] & self.new[j]) / together if together else 0.0

    def share(self, piece: frozenset[str], whole: frozenset[str]) -> float:
        size = self._size(piece)
        return self._size(piece & whole) / size if size else 0.0

    def candidates(self, old: Sequence[int], new: Sequence[int]) -> set[Pair]:
        """Pairs that share a telling feature."""
        open_new = set(new)
        return {(i, j) for i in old for j in self._holders(self.old[i], self.in_new) & open_new}

    def holders_of_new(self, j: int, old: range) -> set[int]:
        return self._holders(self.new[j], self.in_old) & set(old)

    def holders_of_old(self, i: int, new: range) -> set[int]:
        return self._holders(self.old[i], self.in_new) & set(new)

    @staticmethod
    def _holders(passage: frozenset[str], index: Mapping[str, list[int]]) -> set[int]:
        found: Counter[int] = Counter()
        for feature in passage:
            places = index.get(feature, ())
            if len(places) <= COMMONPLACE:
                found.update(places)
        return {n for n, count in found.items() if count >= min(3, len(passage) // 4 + 1)}


def _features(text: str) -> frozenset[str]:
    words = WORD.findall(text.casefold())
    return frozenset(words) | {f"{a} {b}" for a, b in itertools.pairwise(words)}


def _index(passages: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for n, passage in enumerate(passages):
        for feature in passage:
            index.setdefault(feature, []).append(n)
    return index


def _letters_alike(a: str, b: str) -> float:
    """Share of letters in common, the same in both directions; long texts by their beginnings."""
    a, b = a[:400], b[:400]
    return min(SequenceMatcher(None, a, b).ratio(), SequenceMatcher(None, b, a).ratio())


def _told(
    old: Sequence[Versioned], new: Sequence[Versioned], links: Mapping[Pair, float], declared: set[Pair]
) -> Tracing:
    successors: list[list[int]] = [[] for _ in old]
    predecessors: list[list[int]] = [[] for _ in new]
    for i, j in sorted(links):
        successors[i].append(j)
        predecessors[j].append(i)

    def same(i: int, j: int) -> Literal["kept", "changed"]:
        return "kept" if _plain(old[i].text) == _plain(new[j].text) else "changed"

    def arrival(j: int) -> ArrivalState:
        origins = predecessors[j]
        if len(origins) != 1:
            return "merged" if origins else "new"
        return "split" if len(successors[origins[0]]) > 1 else same(origins[0], j)

    def departure(i: int) -> DepartureState:
        targets = successors[i]
        if len(targets) != 1:
            return "split" if targets else "dropped"
        return "merged" if len(predecessors[targets[0]]) > 1 else same(i, targets[0])

    return Tracing(
        tuple(Arrival(p.ref, arrival(j), tuple(old[i].ref for i in predecessors[j])) for j, p in enumerate(new)),
        tuple(Departure(p.ref, departure(i), tuple(new[j].ref for j in successors[i])) for i, p in enumerate(old)),
        tuple(_links(old, new, links, declared)),
    )


def _links(
    old: Sequence[Versioned], new: Sequence[Versioned], links: Mapping[Pair, float], declared: set[Pair]
) -> Iterator[Link]:
    for (i, j), score in sorted(links.items()):
        yield Link(old[i].ref, new[j].ref, score, (i, j) in declared)
