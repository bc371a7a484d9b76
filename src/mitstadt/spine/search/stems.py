"""Words as the index keeps them: lower case, without accents, cut to their stem by language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"\w+", re.UNICODE)
_LONGEST = 64
_LANGUAGES = {"de": "german", "en": "english", "fr": "french", "es": "spanish", "tr": "turkish", "it": "italian"}


@lru_cache(maxsize=1)
def _stemmers() -> dict[str, snowballstemmer.stemmer]:
    return {language: snowballstemmer.stemmer(name) for language, name in _LANGUAGES.items()}


def stems_of(text: str, language: str) -> list[str]:
    """The stems of all words, in their order.

    >>> stems_of("Die Bäume der Straßen", "de")
    ['die', 'baum', 'der', 'strass']
    """
    return [_stem(word, language[:2]) for word in _WORD.findall(unicodedata.normalize("NFC", text).lower())]


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmers().get(language)
    cut = stemmer.stemWord(word) if stemmer else word
    plain = "".join(c for c in unicodedata.normalize("NFKD", cut) if not unicodedata.combining(c))
    return plain.replace("ß", "ss")[:_LONGEST]
