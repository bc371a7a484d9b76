"""Words that stand in several languages beside each other, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

SOURCE = "de"


@dataclass(frozen=True)
class Words:
    """One sentence in one or several languages, by the codes of the screen (`de`, `de-simple`, `en` …)."""

    texts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Words:
        """These texts by language; empty ones are left out."""
        return cls(tuple(sorted((language, text) for language, text in texts.items() if text)))

    def __bool__(self) -> bool:
        return bool(self.texts)

    def spoken_in(self, language: str) -> str:
        """The text in this language, else in the one it comes from, else in German, else in any."""
        known = dict(self.texts)
        for wanted in (language, language.split("-")[0], SOURCE):
            if wanted in known:
                return known[wanted]
        return self.texts[0][1] if self.texts else ""

    def speaks(self, language: str) -> bool:
        """Whether it was written in just this language."""
        return any(code == language for code, _text in self.texts)


def said(sentence: str | Promise) -> Words:
    """A sentence of the code in all languages of the screen; where a translation is missing, the German counts."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            texts[language] = str(sentence)
    german = texts.get(SOURCE, "")
    return Words.of({code: text for code, text in texts.items() if code == SOURCE or text != german})
