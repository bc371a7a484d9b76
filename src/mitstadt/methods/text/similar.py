"""What others already said: the texts that are most like one a person is about to send."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
# Words that carry no topic; the stemmer's own endings make further forms needless.
STOP_WORDS = frozenset(
    "aber alle als also am an auch auf aus bei bin bis bitte da dann das dass dem den der des die dies diese dieser dieses"
    " doch dort du durch ein eine einem einen einer eines er es für gibt hab habe haben hat hier ich ihr im in ist ja kann"
    " kein keine man mehr mein mit muss nach nicht noch nur ob oder schon sehr sein sich sie sind so soll sollte sollten"
    " über um und uns unser unsere viel vom von vor war was wenn wer werden wie wir wird wo zu zum zur"
    " a an and are as at be by for from has have in is it not of on or our should that the there this to we with".split()
)
# Okapi BM25 with its usual settings.
SATURATION, LENGTH_SHARE = 1.2, 0.5
PREFIX = 3
TYPO_LENGTH = 5
LEAST_TRIGRAMS = 0.5
TYPO_DISCOUNT = 0.7


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
    wanted = list(dict.fromkeys(word for word in WORD.findall(query.casefold()) if word not in STOP_WORDS))
    rows = list(candidates)
    if not wanted or not rows:
        return ()
    words = [WORD.findall(text.casefold()) for _, text in rows]
    vocabulary = set().union(*words)
    forms = _forms(wanted, vocabulary)
    if not forms:
        return ()
    scores, shared = _scores(words, forms, wanted)
    order = sorted((n for n in scores if scores[n] >= minimum), key=lambda n: (-scores[n], n))
    return tuple(Match(rows[n][0], round(scores[n], 3), tuple(shared[n])) for n in order[:limit])


def _forms(wanted: Sequence[str], vocabulary: Iterable[str]) -> dict[str, dict[str, float]]:
    """For every word of the vocabulary that stands for a wanted one: which, and how surely."""
    stems = {word: _stem(word) for word in wanted}
    starts = {_folded(word)[:PREFIX] for word in wanted}
    starts |= {stem[:PREFIX] for stem in stems.values()}
    lengths = {length + by for length in map(len, wanted) if length >= TYPO_LENGTH for by in (-2, -1, 0, 1, 2)}
    grams = {word: _trigrams(word) for word in wanted if len(word) >= TYPO_LENGTH}
    every_gram = frozenset().union(*grams.values())
    forms: dict[str, dict[str, float]] = {}
    for known in vocabulary:
        found: dict[str, float] = {}
        if _folded(known[:PREFIX]) in starts:
            stem = _stem(known)
            found = {word: 1.0 for word in wanted if stems[word] == stem}
        if not found and len(known) in lengths and not every_gram.isdisjoint(_trigrams(known)):
            found = _typos(known, grams)
        if found:
            forms[known] = found
    return forms


def _typos(known: str, grams: Mapping[str, frozenset[str]]) -> dict[str, float]:
    own = _trigrams(known)
    likeness = {word: 2 * len(own & wanted) / (len(own) + len(wanted)) for word, wanted in grams.items()}
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
    found: dict[int, Counter[str]] = {}
    surest: dict[int, dict[str, float]] = {}
    telling = forms.keys()
    for n, text in enumerate(words):
        if telling.isdisjoint(text):
            continue
        counts, sure = found.setdefault(n, Counter()), surest.setdefault(n, {})
        for word in text:
            for meant, share in forms.get(word, {}).items():
                counts[meant] += 1
                sure[meant] = max(sure.get(meant, 0.0), share)
    frequency = Counter(word for counts in found.values() for word in counts)
    rarity = {w: math.log1p((len(words) - frequency[w] + 0.5) / (frequency[w] + 0.5)) for w in wanted}
    usual = sum(map(len, words)) / len(words) or 1.0
    # What a text of usual length with every wanted word once would get; words that nobody used count as well.
    full = math.fsum(rarity.values())
    scores = {
        n: math.fsum(
            rarity[w]
            * surest[n][w]
            * counts[w]
            * (SATURATION + 1)
            / (counts[w] + SATURATION * _length(words[n], usual))
            for w in counts
        )
        / full
        for n, counts in found.items()
    }
    return scores, {n: [word for word in wanted if word in counts] for n, counts in found.items()}


def _length(text: Sequence[str], usual: float) -> float:
    return 1 - LENGTH_SHARE + LENGTH_SHARE * len(text) / usual
