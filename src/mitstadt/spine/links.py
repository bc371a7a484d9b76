"""Types of arrow between two records: one declaration each, with its words on the trails of both.

The slice that draws an arrow declares it; a type in use without a declaration stops the start (see `checks`).
An arrow whose slice is gone is told plainly.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """How a trail tells of an arrow: what it means here, and what the link to the other record is called."""

    title: Promise
    label: Promise


class LinkType(str):
    """One type of arrow; read it as “source … target”. It is the value of the column that holds it.

    ``label`` are the words between the two, ``forth`` is told on the trail of the source, ``back`` on the target's.
    """

    __slots__ = ("back", "forth", "label")

    label: Promise
    forth: Way
    back: Way

    def __new__(cls, key: str, label: Promise, *, forth: Way, back: Way) -> LinkType:
        """Declare a type by the word that the database holds."""
        made = super().__new__(cls, key)
        made.label, made.forth, made.back = label, forth, back
        return made


_types: dict[str, LinkType] = {}
_UNKNOWN = Way(_("Es gehört zu einem anderen Eintrag."), _("Dorthin"))


def register(declared: LinkType) -> None:
    """Make a type known; called once, when its slice is loaded."""
    if _types.setdefault(str(declared), declared) is not declared:
        raise ValueError(f"There is already a link type “{declared}”.")


def all_types() -> tuple[LinkType, ...]:
    """All declared types, by key."""
    return tuple(_types[key] for key in sorted(_types))


def forth(key: str) -> Way:
    """How the trail of the source tells of an arrow."""
    return _types[key].forth if key in _types else _UNKNOWN


def back(key: str) -> Way:
    """How the trail of the target tells of an arrow."""
    return _types[key].back if key in _types else _UNKNOWN


def label_of(key: str) -> str:
    """The words between source and target."""
    return str(_types[key].label) if key in _types else key


ANSWERS = LinkType(
    "answers",
    _("antwortet auf"),
    forth=Way(_("Diese Antwort gilt einem Beitrag."), _("Zum Beitrag")),
    back=Way(_("Es gab eine Antwort."), _("Zur Antwort")),
)
REPLACES = LinkType(
    "replaces",
    _("ersetzt"),
    forth=Way(_("Es ersetzt Früheres."), _("Zum Früheren")),
    back=Way(_("Es ist durch Neueres ersetzt."), _("Zum Neueren")),
)
MERGED_INTO = LinkType(
    "merged_into",
    _("zusammengeführt in"),
    forth=Way(_("Es wurde mit anderem zusammengeführt."), _("Dorthin")),
    back=Way(_("Ein früherer Eintrag ging hierin auf."), _("Zum früheren Eintrag")),
)
SPLIT_INTO = LinkType(
    "split_into",
    _("aufgeteilt in"),
    forth=Way(_("Es wurde aufgeteilt."), _("Zu diesem Teil")),
    back=Way(_("Das ist ein Teil von Früherem."), _("Zum Früheren")),
)

LINK_TYPES = (ANSWERS, REPLACES, MERGED_INTO, SPLIT_INTO)
