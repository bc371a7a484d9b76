"""How many support something, in words: people, and guests apart, since a guest is a cookie and not a human."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def supported_by(people: int, guests: int) -> str:
    """The sentence without its full stop."""
    told = ngettext("%(n)s Mensch unterstützt das", "%(n)s Menschen unterstützen das", people) % {"n": people}
    return f"{told}, {and_guests(guests)}" if guests else told


def supporters(people: int, guests: int) -> str:
    """The number for a narrow column."""
    return f"{people}, {and_guests(guests)}" if guests else str(people)


def and_guests(guests: int) -> str:
    """How many guests come on top."""
    return ngettext("dazu %(n)s Gast", "dazu %(n)s Gäste", guests) % {"n": guests}


def what_guests_are() -> str:
    """Why they are told apart."""
    return _("Gäste sind ohne Konto und ohne gedruckten Code dabei. Wie viele Menschen es sind, weiß niemand.")
