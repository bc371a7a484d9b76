"""How many support something, in words: people, and guests apart, since a guest is a cookie and not a human."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def supported_by(people: int, guests: int, held: int = 0) -> str:
    """The sentence without its full stop; `held` are guests who wait for a moderator and do not count yet."""
    told = ngettext("%(n)s Mensch unterstützt das", "%(n)s Menschen unterstützen das", people) % {"n": people}
    return ", ".join([told, *([and_guests(guests)] if guests else []), *([and_held(held)] if held else [])])


def supporters(people: int, guests: int) -> str:
    """The number for a narrow column."""
    return f"{people}, {and_guests(guests)}" if guests else str(people)


def and_guests(guests: int) -> str:
    """How many guests come on top."""
    return ngettext("dazu %(n)s Gast", "dazu %(n)s Gäste", guests) % {"n": guests}


def and_held(held: int) -> str:
    """How many wait for a moderator."""
    return ngettext("%(n)s weiterer wird geprüft", "%(n)s weitere werden geprüft", held) % {"n": held}


def what_is_checked() -> str:
    """Why some wait."""
    return _("Geprüft wird, wenn sehr viele Gäste auf einmal von einem Anschluss kommen. Bis dahin zählen sie nicht.")


def what_guests_are() -> str:
    """Why they are told apart."""
    return _("Gäste sind ohne Konto und ohne gedruckten Code dabei. Wie viele Menschen es sind, weiß niemand.")
