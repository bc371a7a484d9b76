"""The name of an organisation within a sentence: with its article, in the case that the sentence asks for."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import pgettext

from mitstadt.ground.organisations.models import Article, Organisation


def named(organisation: Organisation) -> str:
    """The name as the one who acts: „das Bezirksamt Mitte“; another language has its own article, or none."""
    return _with(
        organisation,
        {
            Article.DER: pgettext("who acts", "der %(name)s"),
            Article.DIE: pgettext("who acts", "die %(name)s"),
            Article.DAS: pgettext("who acts", "das %(name)s"),
        },
    )


def named_first(organisation: Organisation) -> str:
    """The same at the beginning of a sentence."""
    return capfirst(named(organisation))


def named_at(organisation: Organisation) -> str:
    """The name as the one to whom something goes: „an den Senat“."""
    return _with(
        organisation,
        {
            Article.DER: pgettext("to whom it goes", "den %(name)s"),
            Article.DIE: pgettext("to whom it goes", "die %(name)s"),
            Article.DAS: pgettext("to whom it goes", "das %(name)s"),
        },
    )


def _with(organisation: Organisation, patterns: dict[Article, str]) -> str:
    pattern = patterns.get(Article(organisation.article), "%(name)s")
    return pattern % {"name": organisation.name}
