"""All answers of the guided form as rows to check, each with the way back to its question."""

from __future__ import annotations

from django.utils import formats as local_formats
from django.utils.translation import gettext as _

from mitstadt.pages.changes import in_words
from mitstadt.pages.host.forms import days_of
from mitstadt.pages.host.steps import BY_FIELD, BY_KEY, preparations, step_address
from mitstadt.pages.presenting import area_name
from mitstadt.spine import formats
from mitstadt.spine.models import Access, Commitment, Part, Phase, Process, Visibility, in_order
from mitstadt.spine.queries.parts import parts_of
from mitstadt.spine.queries.processes import readers_of
from mitstadt.ui.parts import Row


def answers_of(process: Process) -> list[Row]:
    """What was answered so far, in the order of the questions."""
    parts = parts_of(process)
    return [
        _row(process, "frage", f"{process.title}\n{process.body}"),
        _row(process, "gebiet", area_name(process)),
        *(_row(process, BY_FIELD[field].key, value_in_words(process, field)) for field in BY_FIELD),
        _row(process, "phase", "\n".join(_phases(process))),
        _row(process, "zugang", _access(parts)),
        _row(process, "umgang", _care(process, parts)),
        _row(process, "sichtbarkeit", _readers(process)),
        _row(process, "inhalt", _ready(process, parts)),
    ]


def value_in_words(process: Process, field: str) -> str:
    """A part of the commitment as people read it."""
    value = getattr(process.commitment, field)
    if not value:
        return _("fehlt noch") if field in Commitment.FIELDS else _("nichts")
    return in_words(field, value)


def _row(process: Process, key: str, value: str) -> Row:
    step = BY_KEY[key]
    return Row(term=str(step.title), value=value, change_href=f"{step_address(process, step)}?dann=pruefen")


def _access(parts: list[Part]) -> str:
    """Who may take part; by part where the parts differ."""
    return _by_part(parts, [str(Access(part.access).label) for part in parts]) or _("fehlt noch")


def _care(process: Process, parts: list[Part]) -> str:
    read, at_once = _("Beiträge werden vorher gelesen."), _("Beiträge erscheinen sofort.")
    first = _by_part(parts, [read if part.checks_first else at_once for part in parts]) or at_once
    hiding = _("Ausblenden entscheiden zwei.") if process.four_eyes else _("Ausblenden entscheidet eine Person.")
    return f"{first}\n{hiding}" if "\n" in first else f"{first} {hiding}"


def _by_part(parts: list[Part], said: list[str]) -> str:
    """What is said of each part: once where it is the same for all, else a line for each with its title."""
    if len(set(said)) <= 1:
        return said[0] if said else ""
    return "\n".join(f"{part.title}: {words}" for part, words in zip(parts, said, strict=True))


def _readers(process: Process) -> str:
    if not process.is_internal:
        return str(Visibility.PUBLIC.label)
    names = [office.name for office in readers_of(process)]
    return f"{Visibility.INTERNAL.label}: {', '.join(names)}" if names else str(Visibility.INTERNAL.label)


def _phases(process: Process) -> list[str]:
    return [
        _("%(title)s: %(first)s bis %(last)s")
        % {
            "title": _called(phase),
            "first": local_formats.date_format(days_of(phase)["first_day"], "DATE_FORMAT"),
            "last": local_formats.date_format(days_of(phase)["last_day"], "DATE_FORMAT"),
        }
        for phase in in_order(process.phases.all())
    ] or [_("fehlt noch")]


def _called(phase: Phase) -> str:
    """The phase with its format, where that is not its very name."""
    declared = formats.format_of(phase.part)
    name = str(declared.name) if declared else phase.part.format
    return phase.title if phase.title == name else f"{phase.title} ({name})"


def _ready(process: Process, parts: list[Part]) -> str:
    """Whether everything lies ready that people will work on; a format may want nothing."""
    ready = bool(parts) and all(one.is_ready for one in preparations(process))
    return _("liegt bereit") if ready else _("fehlt noch")
