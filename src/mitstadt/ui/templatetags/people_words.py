"""How words of people are shown: their line breaks kept, each line running as its first letter does; and names.

Those for line breaks take the place of Django's own filters of the same names in every template.
"""

import re

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.template.defaultfilters import linebreaksbr as breaks_filter
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mitstadt.ground.organisations import naming
from mitstadt.ground.organisations.models import Organisation

register = template.Library()


@register.filter
def named(organisation: Organisation) -> str:
    """An organisation as the one who acts, within a sentence."""
    return naming.named(organisation)


@register.filter
def named_at(organisation: Organisation) -> str:
    """The same as the one to whom something goes, or who is asked."""
    return naming.named_at(organisation)


@register.filter
def named_first(organisation: Organisation) -> str:
    """The same at the beginning of a sentence."""
    return naming.named_first(organisation)


@register.filter(name="linebreaks", is_safe=True, needs_autoescape=True)
def paragraphs(words: str, autoescape: bool = True) -> SafeString:
    """The words in paragraphs, each in its own direction (``dir="auto"``)."""
    shown = linebreaks_filter(words, autoescape=autoescape)
    return mark_safe(re.sub("(^|\n)<p>", r'\1<p dir="auto">', shown))  # noqa: S308  # escaped by Django's filter


@register.filter(name="linebreaksbr", is_safe=True, needs_autoescape=True)
def lines(words: str, autoescape: bool = True) -> SafeString:
    """The words with their line breaks, in their own direction and apart from what stands around them."""
    shown = breaks_filter(words, autoescape=autoescape)
    return format_html("<bdi>{}</bdi>", shown) if shown else shown
