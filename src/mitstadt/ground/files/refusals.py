"""Why a file was not taken, as sentences: what happened, and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "file_empty": _("Die Datei ist leer. Wählen Sie sie noch einmal aus."),
    "file_too_large": _("Die Datei hat %(megabytes)s MB, erlaubt sind %(limit)s MB. Verkleinern Sie sie."),
    "file_kind": _("Diese Art von Datei nehmen wir nicht an. Möglich sind: %(accepted)s."),
    "file_heic": _(
        "Das Foto ist im Format HEIC, das viele Geräte nicht zeigen. Schicken Sie es als JPEG; "
        "auf dem iPhone: Einstellungen, Kamera, Formate, „Maximale Kompatibilität“."
    ),
    "file_film": _("Filme nehmen wir nicht an. Schicken Sie ein Bild daraus."),
    "file_gif": _("Bewegte Bilder nehmen wir nicht an. Schicken Sie ein Foto als JPEG oder PNG."),
    "file_markup": _(
        "Die Datei ist eine Zeichnung oder Seite mit Programmcode. Schicken Sie sie als JPEG, PNG oder PDF."
    ),
    "picture_too_many_pixels": _(
        "Das Bild hat zu viele Bildpunkte. Verkleinern Sie es auf höchstens %(limit)s Millionen."
    ),
    "picture_too_small": _("Das Bild ist nur %(width)s × %(height)s Bildpunkte groß. Darauf ist nichts zu erkennen."),
    "picture_damaged": _("Das Bild lässt sich nicht lesen. Vielleicht fehlt ein Teil. Schicken Sie es noch einmal."),
    "document_damaged": _(
        "Das Dokument lässt sich nicht lesen. Vielleicht fehlt ein Teil. Speichern Sie es neu, und schicken Sie es "
        "noch einmal."
    ),
    "document_locked": _("Das Dokument ist verschlüsselt. Speichern Sie es ohne Kennwort."),
    "document_macros": _("Das Dokument enthält Programme (Makros). Speichern Sie es ohne sie, am besten als PDF."),
    "document_mixed": _("In der Datei steckt noch eine zweite. Speichern Sie das Dokument neu als PDF."),
    "too_many_kept": _("Sie haben schon viele Dateien hochgeladen, ohne sie abzuschicken. Warten Sie bis morgen."),
}


class FileRefused(ValueError):  # noqa: N818  # reads as what happened
    """A file that was not taken; the form shows the sentence."""

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters

    @property
    def sentence(self) -> str:
        """What happened and what to do."""
        return str(SENTENCES[self.reason]) % self.parameters
