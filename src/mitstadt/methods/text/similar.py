"""What others already said: the texts that are most like one a person is about to send."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import snowballstemmer

# Signs that part words. Bytes are translated and texts split as a whole: several times quicker than word by word.
SIGNS = bytes.maketrans(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\x00", b" " * 33)
TYPOGRAPHIC_SIGNS = "„“”‚‘’»«–…•"
TEXT_END = "\x01"
# Of a longer query the first words say what it is about.
MOST_WORDS = 60
# Words that carry no topic; the stemmer's own endings make further forms needless.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        aber alle als also am an auch auf aus bei bin bis bitte da dann das dass dem den der des die dies diese dieser
        dieses doch dort du durch ein eine einem einen einer eines er es für gibt hab habe haben hat hier ich ihr im in
        ist ja kann kein keine man mehr mein mit muss nach nicht noch nur ob oder schon sehr sein sich sie sind so soll
        sollte sollten über um und uns unser unsere viel vom von vor war was wenn wer werden wie wir wird wo zu zum zur
        a an and are as at be by for from has have in is it not of on or our should that the there this to we with
        """,
    )
)
# Okapi BM25 with its usual settings.
SATURATION, LENGTH_SHARE = 1.2, 0.5
PREFIX = 3
TYPO_LENGTH = 5
LEAST_TRIGRAMS = 0.5
TYPO_DISCOUNT = 0.7
UMLAUTS = {"a": "aä", "o": "oö", "u": "uü", "s": "sß"}


@dataclass(frozen=True, slots=True)
class Match:
    """A text like the query: its key, how alike (1: the same words), and which of the query's words it has."""

    key: str
    score: float
    shared: tuple[str, ...]


def rank(
    query: str, candidates: Iterable[tuple[str, str]], *, limit: int = 5, minimum: float = 0.15
) -> tuple[Match, ...]:
    """The candidates most like the query, best first.

    Words count by their German stem (``Bäume`` finds ``Baum``), rare words more than frequent ones (BM25), a long word
    with a slip of the pen finds the right one by its letter triples, at a discount.

    Parameters
    ----------
    query : str
        What a person is writing.
    candidates : iterable of (key, text)
        The texts to look through. 5,000 short ones take about 50 ms of CPU.
    limit : int
        At most so many are returned.
    minimum : float
        Candidates below this score are left out. A candidate with exactly the query's words has about 1.

    Examples
    --------
    >>> rank("Mehr Bäume am Hermannplatz", [("a", "Baum pflanzen, Hermannplatz"), ("b", "Radweg")])[0].key
    'a'
    """
    wanted = list(dict.fromkeys(word for word in _split([query])[0] if word not in STOP_WORDS))[:MOST_WORDS]
    rows = list(candidates)
    if not wanted or not rows:
        return ()
    words = _split([text for _, text in rows])
    vocabulary = set().union(*words)
    forms = _forms(wanted, vocabulary)
    if not forms:
        return ()
    scores, shared = _scores(words, forms, wanted)
    order = sorted((n for n in scores if scores[n] >= minimum), key=lambda n: (-scores[n], n))
    return tuple(Match(rows[n][0], round(scores[n], 3), tuple(shared[n])) for n in order[:limit])


def _split(texts: Sequence[str]) -> list[list[str]]:
    joined = TEXT_END.join(text.replace(TEXT_END, " ") for text in texts).lower()
    for sign in TYPOGRAPHIC_SIGNS:
        joined = joined.replace(sign, " ")
    plain = joined.encode(errors="replace").translate(SIGNS).decode()
    return [text.split() for text in plain.split(TEXT_END)]


def _forms(wanted: Sequence[str], vocabulary: Iterable[str]) -> dict[str, dict[str, float]]:
    """For every word of the vocabulary that stands for a wanted one: which, and how surely."""
    by_stem: dict[str, list[str]] = {}
    for word in wanted:
        by_stem.setdefault(_stem(word), []).append(word)
    starts = {start for word in (*wanted, *by_stem) for start in _with_umlauts(word[:PREFIX])}
    slips = _Slips([word for word in wanted if len(word) >= TYPO_LENGTH])
    forms: dict[str, dict[str, float]] = {}
    for known in vocabulary:
        meant = by_stem.get(_stem(known), ()) if known[:PREFIX] in starts else ()
        found = dict.fromkeys(meant, 1.0) or slips.meant_by(known)
        if found:
            forms[known] = found
    return forms


def _with_umlauts(letters: str) -> set[str]:
    """The letters with and without dots: "Baum" and "Bäume" begin alike."""
    choices = (UMLAUTS.get(letter, letter) for letter in _folded(letters))
    return {"".join(choice) for choice in product(*choices)}


class _Slips:
    """Finds the wanted words that a slightly different word may stand for."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.lengths = {len(word) + by for word in wanted for by in (-2, -1, 0, 1, 2)}
        self.starts = {word[:2] for word in wanted}
        self.ends = {word[-3:] for word in wanted}
        self.sizes = {word: len(_trigrams(word)) for word in wanted}
        self.holders: dict[str, list[str]] = {}
        for word in wanted:
            for gram in _trigrams(word):
                self.holders.setdefault(gram, []).append(word)

    def meant_by(self, known: str) -> dict[str, float]:
        # A slip rarely changes both the beginning and the end of a word; this spares most comparisons.
        if len(known) not in self.lengths or not (known[:2] in self.starts or known[-3:] in self.ends):
            return {}
        own = _trigrams(known)
        common = Counter(word for gram in own for word in self.holders.get(gram, ()))
        likeness = {word: 2 * count / (len(own) + self.sizes[word]) for word, count in common.items()}
        return {word: share * TYPO_DISCOUNT for word, share in likeness.items() if share >= LEAST_TRIGRAMS}


@lru_cache(maxsize=50_000)
def _trigrams(word: str) -> frozenset[str]:
    padded = f" {_folded(word)} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


_STEMMER = snowballstemmer.stemmer("german")
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})


def _folded(word: str) -> str:
    return word.translate(_FOLD)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return _folded(str(_STEMMER.stemWord(word)))


def _scores(
    words: Sequence[Sequence[str]], forms: Mapping[str, Mapping[str, float]], wanted: Sequence[str]
) -> tuple[dict[int, float], dict[int, list[str]]]:
    surest = {n: found for n, text in enumerate(words) if (found := _found(text, forms))}
    frequency = Counter(word for found in surest.values() for word in found)
    rarity = {w: math.log1p((len(words) - frequency[w] + 0.5) / (frequency[w] + 0.5)) for w in wanted}
    usual = sum(map(len, words)) / len(words) or 1.0
    # What a text of usual length with every wanted word once would get; words that nobody used count as well.
    full = math.fsum(rarity.values())
    scores = {
        n: math.fsum(rarity[w] * weight for w, weight in found.items())
        * (SATURATION + 1)
        / (1 + SATURATION * _length(words[n], usual))
        / full
        for n, found in surest.items()
    }
    return scores, {n: [word for word in wanted if word in found] for n, found in surest.items()}


def _found(text: Sequence[str], forms: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Which wanted words a text has, and how surely; how often says little in texts this short."""
    found: dict[str, float] = {}
    for word in text:
        if word in forms:
            for meant, share in forms[word].items():
                found[meant] = max(found.get(meant, 0.0), share)
    return found


def _length(text: Sequence[str], usual: float) -> float:
    return 1 - LENGTH_SHARE + LENGTH_SHARE * len(text) / usual
