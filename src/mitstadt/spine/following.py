"""What a person may follow: one declaration a target, so that one button, one list and one table serve them all.

A target is found by the words of an address, within what the actor may see, and is kept in one column of `Follow`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.areas.models import Area
from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import kinds
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Follow, Record, RecordState
from mitstadt.spine.queries.news import named
from mitstadt.spine.queries.visibility import may_read_words, visible_to

_WORDS_SHOWN = 140


@dataclass(frozen=True)
class Target:
    """One thing that can be followed: its kind, the words that find it, what its column holds, its name and page."""

    kind: str
    words: str
    value: int | str
    name: str
    href: str
    # In which language the name is, where it is not the reader's.
    language: str = ""
    record: Record | None = None

    @property
    def column(self) -> Mapping[str, int | str]:
        """What a row of `Follow` holds of it."""
        return {_kinds[self.kind].column: self.value}

    @property
    def address(self) -> str:
        """Where it is followed, and where one reads how that is done."""
        return f"{reverse('follow_target', args=[self.kind])}?{urlencode({'was': self.words})}"


@dataclass(frozen=True)
class TargetKind:
    """A kind of target.

    ``key`` stands in addresses, ``column`` is that of `Follow`. ``find`` gives the target for words and an actor, or
    nothing where they may not know of it; ``of_row`` the one of a row, which comes with what it points to. ``ended_by``
    names the column by which a row is found when it ends, also where the target is out of sight.
    """

    key: str
    label: str | Promise
    column: str
    find: Callable[[str, Actor], Target | None]
    of_row: Callable[[Follow], Target]
    ended_by: str


_kinds: dict[str, TargetKind] = {}


def register(declared: TargetKind) -> None:
    """Make a kind of target known; its key must be new."""
    if _kinds.setdefault(declared.key, declared) is not declared:
        raise ValueError(f"There is already a target “{declared.key}”.")


def target_kinds() -> tuple[TargetKind, ...]:
    """All kinds of target, in the order of their declaration."""
    return tuple(_kinds.values())


def kind_of(key: str) -> TargetKind | None:
    """The kind with this key, if there is one."""
    return _kinds.get(key)


def find(key: str, words: str, *, actor: Actor) -> Target | None:
    """The target, as far as this actor may know of it."""
    kind = _kinds.get(key)
    return kind.find(words, actor) if kind and words else None


def of_rows(rows: Iterable[Follow]) -> list[tuple[Follow, TargetKind, Target]]:
    """Rows with what they follow; they should come with record and its room, area and organisation."""
    by_column = {kind.column.removesuffix("_id"): kind for kind in _kinds.values()}
    return [(row, by_column[row.target], by_column[row.target].of_row(row)) for row in rows if row.target in by_column]


def of_record(record: Record) -> Target:
    """A record as a target; its words only while they are public."""
    words = named(record) if record.is_public else ""
    name = Truncator(words).chars(_WORDS_SHOWN) or str(_("Nicht mehr zu lesen. Der Weg bleibt."))
    href = kinds.address_of(record) if record.is_public else reverse("trail", args=[record.ref])
    return Target(RECORD.key, record.ref, record.pk, name, href, record.language if words else "", record)


def of_area(area: Area) -> Target:
    """An area as a target."""
    href = f"{reverse('processes')}?{urlencode({'stand': 'alle', 'gebiet': area.slug})}"
    return Target(AREA.key, area.slug, area.pk, area.name(get_language() or "de"), href)


def of_organisation(office: Organisation) -> Target:
    """An organisation as a target."""
    return Target(ORGANISATION.key, office.slug, office.pk, office.name, reverse("organisation", args=[office.slug]))


def of_theme(theme: str) -> Target:
    """A theme as a target."""
    return Target(THEME.key, theme, theme, theme, f"{reverse('theme')}?{urlencode({'thema': theme})}")


def _find_record(words: str, actor: Actor) -> Target | None:
    found = (
        visible_to(actor, Record.objects.filter(ref=words))
        .select_related("room__host", "part", "as_room__host")
        .first()
    )
    return of_record(found) if found and may_read_words(actor, found) else None


def _find_area(words: str, _actor: Actor) -> Target | None:
    found = Area.objects.filter(slug=words).first()
    return of_area(found) if found else None


def _find_organisation(words: str, _actor: Actor) -> Target | None:
    found = Organisation.objects.filter(slug=words).first()
    return of_organisation(found) if found else None


def _find_theme(words: str, _actor: Actor) -> Target | None:
    """Only a theme that something public has: nobody learns here what an internal room works on."""
    theme = " ".join(words.split())
    known = Record.objects.filter(theme=theme, state=RecordState.PUBLISHED).exists() if theme else False
    return of_theme(theme) if known else None


RECORD = TargetKind(
    "eintrag",
    _("Einträge und Beteiligungen"),
    "record_id",
    _find_record,
    lambda row: of_record(row.record),  # type: ignore[arg-type]  # the row's target is this column
    "record__ref",
)
AREA = TargetKind(
    "gebiet",
    _("Gebiete"),
    "area_id",
    _find_area,
    lambda row: of_area(row.area),  # type: ignore[arg-type]  # as above
    "area__slug",
)
ORGANISATION = TargetKind(
    "organisation",
    _("Organisationen"),
    "organisation_id",
    _find_organisation,
    lambda row: of_organisation(row.organisation),  # type: ignore[arg-type]  # as above
    "organisation__slug",
)
THEME = TargetKind("thema", _("Themen"), "theme", _find_theme, lambda row: of_theme(row.theme), "theme")

for _own in (RECORD, AREA, ORGANISATION, THEME):
    register(_own)
