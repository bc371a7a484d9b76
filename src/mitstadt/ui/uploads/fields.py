"""The field for pictures and documents: several places for files, each with its description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext

from mitstadt.ground.files.api import CONTENT_TYPES, PICTURES, Accepted, FileRefused, StoredFile
from mitstadt.spine.actions.attachments import CAPTION_LENGTH, DESCRIPTION_LENGTH, DescribedFile
from mitstadt.spine.errors import Refused
from mitstadt.spine.texts import sentence_for
from mitstadt.ui.assisted import AssistedField
from mitstadt.ui.uploads.keeping import Uploads


@dataclass(frozen=True)
class Slot:
    """One place for a file, as it was sent."""

    number: int
    kept: StoredFile | None = None
    description: str = ""
    decorative: bool = False
    caption: str = ""

    @property
    def numbered(self) -> str:
        """Its number in names, from 0."""
        return str(self.number)

    @property
    def spoken(self) -> int:
        """Its number for people, from 1."""
        return self.number + 1


class UploadsWidget(forms.Widget):
    """Draws every place: what is kept with its description, then the next free one, then the rest, folded."""

    template_name = "ui/forms/widgets/uploads.html"
    needs_multipart_form = True
    use_fieldset = True
    uploads: Uploads | None = None

    def __init__(self, *, accepted: Accepted, most: int, captions: bool) -> None:
        super().__init__()
        self.accepted, self.most, self.captions = accepted, most, captions

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> list[Slot]:
        """The places as they were sent; files themselves were kept before (`assist`)."""
        return [self._slot(data, name, number) for number in range(self.most)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Never: no file is an answer too."""
        return False

    def id_for_label(self, id_: str) -> str:
        """The first control."""
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template draws."""
        context = super().get_context(name, value, attrs)
        slots: Sequence[Slot] = value if isinstance(value, list) else []
        kept = [slot for slot in slots if slot.kept]
        free = [slot for slot in slots if not slot.kept] or [Slot(number) for number in range(len(kept), self.most)]
        context["widget"].update(
            kept=[{"slot": slot, "preview": self._preview(slot)} for slot in kept],
            next_free=free[:1],
            more=free[1:],
            accept=",".join(CONTENT_TYPES[kind] for kind in sorted(self.accepted.kinds)),
            pictures=all(kind.is_picture for kind in self.accepted.kinds),
            documents=not any(kind.is_picture for kind in self.accepted.kinds),
            several=self.most > 1,
            captions=self.captions,
            description_length=DESCRIPTION_LENGTH,
            caption_length=CAPTION_LENGTH,
        )
        return context

    def _slot(self, data: Mapping[str, Any], name: str, number: int) -> Slot:
        def sent(part: str) -> str:
            return str(data.get(f"{name}-{number}-{part}") or "").replace("\0", "")

        kept = self.uploads.kept(sent("kept")) if self.uploads and sent("kept") else None
        return Slot(number, kept, sent("description").strip(), bool(sent("decorative")), sent("caption").strip())

    def _preview(self, slot: Slot) -> str:
        return self.uploads.preview(slot.kept) if self.uploads and slot.kept and slot.kept.is_picture else ""


class UploadsField(AssistedField):
    """Pictures or documents with descriptions; cleans to a list of `DescribedFile` for `attach`.

    The form is an `AssistedForm` and is given `uploads=uploads_of(request, now=now)`.
    """

    uploads: Uploads | None = None

    def __init__(
        self, *, accepted: Accepted | None = None, most: int = 1, captions: bool = False, **options: Any
    ) -> None:
        self.accepted, self.most = accepted or Accepted(), most
        options.setdefault("help_text", _lazy_hint(self.accepted, most))
        options.setdefault("required", False)
        super().__init__(widget=UploadsWidget(accepted=self.accepted, most=most, captions=captions), **options)
        self._problems: list[str] = []

    def assist(self, data: Mapping[str, str], files: MultiValueDict[str, Any], name: str) -> dict[str, str]:
        """Keep what was uploaded now, and let go what shall be left out."""
        changes: dict[str, str] = {}
        self._problems = []
        for number in range(self.most):
            slot = f"{name}-{number}"
            if data.get(f"{slot}-leave-out"):
                changes |= {
                    f"{slot}-{part}": "" for part in ("kept", "description", "decorative", "caption", "leave-out")
                }
            elif data.get(f"{slot}-kept") and not (self.uploads and self.uploads.kept(str(data[f"{slot}-kept"]))):
                changes[f"{slot}-kept"] = ""
                self._problems.append(self._named(number, str(sentence_for("file_gone"))))
            if upload := files.get(f"{slot}-file"):
                changes |= self._kept(upload, slot, number)
        self.said_at_once = " ".join(self._problems)
        return changes

    def _kept(self, upload: Any, slot: str, number: int) -> dict[str, str]:
        if self.uploads is None:
            raise TypeError("A form with files is given uploads=uploads_of(request, now=now).")
        try:
            return {f"{slot}-kept": self.uploads.keep(upload, upload.size, self.accepted).key}
        except (FileRefused, Refused) as refusal:
            self._problems.append(self._named(number, str(refusal.sentence)))
            return {}

    def clean(self, value: Any) -> list[DescribedFile]:
        """The files with their descriptions; every fault is named."""
        slots: list[Slot] = value or []
        problems = [*self._problems, *filter(None, map(self._fault, slots))]
        if problems:
            raise forms.ValidationError(problems)
        found = [
            DescribedFile(slot.kept, slot.description, slot.decorative and slot.kept.is_picture, slot.caption)
            for slot in slots
            if slot.kept
        ]
        if self.required and not found:
            raise forms.ValidationError(gettext("Es fehlt noch eine Datei. Wählen Sie eine aus."))
        return found

    def _fault(self, slot: Slot) -> str:
        if slot.kept is None:
            return ""
        if max(len(slot.description) - DESCRIPTION_LENGTH, len(slot.caption) - CAPTION_LENGTH) > 0:
            return self._named(slot.number, gettext("Der Text dazu ist zu lang. Ein Satz genügt."))
        if slot.description or (slot.decorative and slot.kept.is_picture):
            return ""
        if slot.kept.is_picture:
            return self._named(slot.number, gettext("Sagen Sie in einem Satz, was auf dem Bild zu sehen ist."))
        return self._named(slot.number, gettext("Sagen Sie, wie das Dokument heißt."))

    def _named(self, number: int, sentence: str) -> str:
        if self.most == 1:
            return sentence
        return gettext("Datei %(number)s: %(sentence)s") % {"number": number + 1, "sentence": sentence}


def _hint(accepted: Accepted, most: int) -> str:
    told = gettext("%(kinds)s, höchstens %(megabytes)s MB.") % {
        "kinds": accepted.names,
        "megabytes": accepted.megabytes,
    }
    many = gettext("Bis zu %(most)s Dateien.") % {"most": most} if most > 1 else ""
    inside = (
        gettext("Ort, Zeit und Gerät, die in Fotos stecken, nehmen wir heraus.")
        if accepted.kinds & PICTURES
        else gettext("Was im Dokument steht, bleibt darin, auch der Name in seinen Eigenschaften.")
    )
    return " ".join(filter(None, (told, many, inside)))


_lazy_hint = lazy(_hint, str)
