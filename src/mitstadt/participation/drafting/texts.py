"""What the reader of texts says, in sentences for people: reason code to sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mitstadt.participation.drafting.computations import ReadingError

_MEGABYTE = 1_000_000

READING_ERRORS: dict[str, Promise] = {
    "text_docx_broken": _(
        "Diese Word-Datei ist beschädigt und lässt sich nicht lesen."
        " Öffnen Sie sie in Word oder LibreOffice, und speichern Sie sie neu."
    ),
    "text_not_docx": _("Das ist keine Word-Datei. Speichern Sie den Text als .docx, .txt, .md oder .html."),
    "text_encrypted": _("Diese Word-Datei ist mit einem Passwort geschützt. Speichern Sie sie ohne Passwort."),
    "text_zip_bomb": _(
        "Diese Datei wird beim Entpacken viel zu groß. Öffnen Sie sie in Word, und kopieren Sie ihren Text."
    ),
    "text_nested_too_deep": _("Diese Seite ist zu tief verschachtelt. Kopieren Sie ihren Text, und fügen Sie ihn ein."),
    "text_other_file": _(
        "Aus dieser Datei lässt sich kein Text lesen."
        " Öffnen Sie sie, und kopieren Sie den Text, oder speichern Sie ihn als .docx."
    ),
    "text_not_text": _(
        "In dieser Datei ist kein lesbarer Text. Wählen Sie eine Datei mit .txt, .md, .html oder .docx."
    ),
    "text_too_large": _(
        "Der Text ist zu groß: %(size)s MB, lesen lassen sich %(most)s MB."
        " Entfernen Sie Bilder, oder öffnen Sie den Text in Teilen."
    ),
    "text_format_unknown": _("Dieses Format kennen wir nicht. Wählen Sie .txt, .md, .html oder .docx."),
    "text_empty": _("Hier steht kein Text. Prüfen Sie, ob es die richtige Datei ist."),
    "text_too_many_passages": _(
        "Der Text hat %(passages)s Absätze, besprechen lassen sich höchstens %(most)s. Öffnen Sie ihn in Teilen."
    ),
    "text_too_many_lines": _("Der Text hat zu viele Zeilen. Öffnen Sie ihn in Teilen."),
    "text_too_many_elements": _("Diese Seite hat zu viele Elemente. Kopieren Sie ihren Text, und fügen Sie ihn ein."),
    "text_html_broken": _("Diese Seite ist beschädigt. Kopieren Sie ihren Text, und fügen Sie ihn ein."),
}


def reading_error(error: ReadingError) -> str:
    """Why a text cannot be read; a code that we have no words for keeps the reader's own sentence."""
    sentence = READING_ERRORS.get(error.code)
    if sentence is None:
        return error.sentence
    return str(sentence) % {name: _shown(value) for name, value in error.parameters.items()}


def _shown(value: object) -> str:
    if isinstance(value, int) and value >= _MEGABYTE // 10:
        return f"{value / _MEGABYTE:.1f}".replace(".", ",")
    return str(value)


def _repaired(n: int) -> str:
    return ngettext(
        "In %(n)s Zeile waren Buchstaben falsch kodiert. Sie sind repariert.",
        "In %(n)s Zeilen waren Buchstaben falsch kodiert. Sie sind repariert.",
        n,
    )


def _broken(n: int) -> str:
    return ngettext(
        "%(n)s Zeichen war nicht lesbar und steht als � im Text. Vergleichen Sie mit dem Original.",
        "%(n)s Zeichen waren nicht lesbar und stehen als � im Text. Vergleichen Sie mit dem Original.",
        n,
    )


def _mixed(n: int) -> str:
    return ngettext(
        "%(n)s Buchstabe war anders kodiert als der Rest. Er ist als Windows-Zeichen gelesen.",
        "%(n)s Buchstaben waren anders kodiert als der Rest. Sie sind als Windows-Zeichen gelesen.",
        n,
    )


def _turned(n: int) -> str:
    return ngettext(
        "%(n)s unsichtbares Zeichen, das die Leserichtung dreht, ist entfernt.",
        "%(n)s unsichtbare Zeichen, die die Leserichtung drehen, sind entfernt.",
        n,
    )


def _control(n: int) -> str:
    return ngettext("%(n)s Steuerzeichen ist entfernt.", "%(n)s Steuerzeichen sind entfernt.", n)


def _hidden(n: int) -> str:
    return ngettext("%(n)s unsichtbares Zeichen ist entfernt.", "%(n)s unsichtbare Zeichen sind entfernt.", n)


def _stacked(n: int) -> str:
    return ngettext("%(n)s gestapelter Akzent ist entfernt.", "%(n)s gestapelte Akzente sind entfernt.", n)


def _cut(n: int) -> str:
    return ngettext(
        "%(n)s sehr langer Absatz ist an Satzenden geteilt.",
        "%(n)s sehr lange Absätze sind an Satzenden geteilt.",
        n,
    )


def _macros(n: int) -> str:
    return ngettext(
        "Die Datei enthält ein Makro. Es wurde nicht ausgeführt und nicht behalten.",
        "Die Datei enthält Makros. Sie wurden nicht ausgeführt und nicht behalten.",
        n,
    )


def _embedded(n: int) -> str:
    return ngettext(
        "%(n)s eingebettete Datei wurde nicht gelesen.", "%(n)s eingebettete Dateien wurden nicht gelesen.", n
    )


def _pictures(n: int) -> str:
    return ngettext("%(n)s Bild ist weggelassen.", "%(n)s Bilder sind weggelassen.", n)


def _struck(n: int) -> str:
    return ngettext(
        "%(n)s durchgestrichene Stelle gilt nicht mehr. Sie steht zum Weglassen bei ihrem Absatz.",
        "%(n)s durchgestrichene Stellen gelten nicht mehr. Sie stehen zum Weglassen bei ihren Absätzen.",
        n,
    )


def _deleted(n: int) -> str:
    return ngettext(
        "%(n)s gelöschte Stelle aus verfolgten Änderungen steht zum Weglassen bei ihrem Absatz.",
        "%(n)s gelöschte Stellen aus verfolgten Änderungen stehen zum Weglassen bei ihren Absätzen.",
        n,
    )


def _concealed(n: int) -> str:
    return ngettext(
        "%(n)s verborgene Stelle steht zum Weglassen da. Prüfen Sie sie, bevor Sie sie übernehmen.",
        "%(n)s verborgene Stellen stehen zum Weglassen da. Prüfen Sie sie, bevor Sie sie übernehmen.",
        n,
    )


def _drawn(n: int) -> str:
    return ngettext(
        "%(n)s gezeichneter Schriftzug steht zum Weglassen da.",
        "%(n)s gezeichnete Schriftzüge stehen zum Weglassen da.",
        n,
    )


def _loose_notes(n: int) -> str:
    return ngettext(
        "%(n)s Anmerkung gehört zu keiner Stelle. Sie steht zum Weglassen am Ende.",
        "%(n)s Anmerkungen gehören zu keiner Stelle. Sie stehen zum Weglassen am Ende.",
        n,
    )


def _notes(n: int) -> str:
    return ngettext(
        "%(n)s Fußnote steht als Absatz hinter ihrer Stelle.",
        "%(n)s Fußnoten stehen als Absätze hinter ihren Stellen.",
        n,
    )


def _open_changes(n: int) -> str:
    return ngettext(
        "%(n)s verfolgte Änderung ist noch offen. Der Text ist so gelesen, als wäre sie angenommen.",
        "%(n)s verfolgte Änderungen sind noch offen. Der Text ist so gelesen, als wären sie angenommen.",
        n,
    )


def _comments(n: int) -> str:
    return ngettext(
        "%(n)s Kommentar am Rand ist weggelassen.",
        "%(n)s Kommentare am Rand sind weggelassen.",
        n,
    )


def _chunks(n: int) -> str:
    return ngettext(
        "%(n)s eingefügter Text ist mitgelesen.",
        "%(n)s eingefügte Texte sind mitgelesen.",
        n,
    )


def _unread_chunks(n: int) -> str:
    return ngettext(
        "%(n)s eingefügter Text ließ sich nicht lesen. Ergänzen Sie seine Wörter von Hand.",
        "%(n)s eingefügte Texte ließen sich nicht lesen. Ergänzen Sie ihre Wörter von Hand.",
        n,
    )


def _symbols(n: int) -> str:
    return ngettext(
        "%(n)s Zeichen einer Bilderschrift steht als □ im Text. Vergleichen Sie mit dem Original.",
        "%(n)s Zeichen einer Bilderschrift stehen als □ im Text. Vergleichen Sie mit dem Original.",
        n,
    )


def _diagrams(n: int) -> str:
    return ngettext(
        "%(n)s Schaubild ist weggelassen, mit den Wörtern darin.",
        "%(n)s Schaubilder sind weggelassen, mit den Wörtern darin.",
        n,
    )


READING_NOTICES: dict[str, Callable[[int], str]] = {
    "encoding_repaired": _repaired,
    "encoding_broken": _broken,
    "encoding_mixed": _mixed,
    "direction_overrides": _turned,
    "control_characters": _control,
    "hidden_characters": _hidden,
    "stacked_marks": _stacked,
    "passages_cut": _cut,
    "macros_ignored": _macros,
    "embedded_ignored": _embedded,
    "pictures_ignored": _pictures,
    "struck_words": _struck,
    "deleted_words": _deleted,
    "hidden_words": _concealed,
    "drawing_words": _drawn,
    "notes_loose": _loose_notes,
    "notes_attached": _notes,
    "changes_open": _open_changes,
    "comments_left": _comments,
    "chunks_read": _chunks,
    "chunks_left": _unread_chunks,
    "symbols_unknown": _symbols,
    "diagrams_left": _diagrams,
}


def reading_notices(notices: Iterable[tuple[str, int]]) -> list[str]:
    """What was removed or repaired while reading."""
    return [READING_NOTICES[code](count) % {"n": count} for code, count in notices if code in READING_NOTICES]
