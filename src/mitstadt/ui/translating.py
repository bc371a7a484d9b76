"""Whether words that stand on a page could be translated into its language."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def language_of_pages() -> str:
    """The language that is read here, without its plain form: no machine writes plain words."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def may_differ(language: str) -> bool:
    """Whether words in this language are foreign to whoever reads these pages."""
    return bool(language) and language.split("-")[0] != language_of_pages()
