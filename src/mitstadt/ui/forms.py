"""One renderer for every form: label, hint and error in one order, KERN's classes on every control.

Set ``FORM_RENDERER = "mitstadt.ui.forms.Renderer"``; ``{{ form }}`` and ``{{ form.field.as_field_group }}`` then
draw whole fields. No template writes a field by hand.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.translation import gettext as _

_CONTROLS = {
    "django/forms/widgets/select.html": "kern-form-input__select",
    "django/forms/widgets/checkbox.html": "kern-form-check__checkbox",
}
_WRITTEN = {"django/forms/widgets/text.html", "django/forms/widgets/textarea.html"}
_BARE = {"django/forms/widgets/hidden.html", "django/forms/widgets/multiple_hidden.html"}
_OWN = {
    "django/forms/widgets/radio.html": "ui/forms/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/widgets/choices.html",
    "django/forms/widgets/select.html": "ui/forms/widgets/select.html",
    "django/forms/widgets/clearable_file_input.html": "ui/forms/widgets/file.html",
    "django/forms/widgets/multiwidget.html": "ui/forms/widgets/multiwidget.html",
    "django/forms/widgets/splitdatetime.html": "ui/forms/widgets/multiwidget.html",
}
_PREFIX = "django/forms/widgets/"


class Renderer(DjangoTemplates):
    """Draws forms with our templates and dresses every control in KERN's classes."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Render a form, a field or a widget."""
        if template_name.startswith(_PREFIX) and "widget" in context:
            context = {**context, "widget": _dressed(template_name, context["widget"])}
        return super().render(_OWN.get(template_name, template_name), context, request)


def _dressed(template_name: str, widget: dict[str, Any]) -> dict[str, Any]:
    """The widget with KERN's class, without a placeholder, and with its length limit as a count instead of a cut."""
    if template_name in _BARE or template_name in {name for name, own in _OWN.items() if own.endswith("choices.html")}:
        return widget
    base = _CONTROLS.get(template_name, "kern-form-input__input")
    attrs = {**widget["attrs"]}
    # A placeholder vanishes when one types; the label stays.
    attrs.pop("placeholder", None)
    error = f" {base}--error" if attrs.get("aria-invalid") == "true" else ""
    attrs["class"] = f"{base}{error} {attrs.get('class', '')}".strip()
    if template_name in _WRITTEN:
        # What a person writes runs as its first letter does.
        attrs.setdefault("dir", "auto")
    if template_name.endswith("/textarea.html"):
        attrs.update(_counted(attrs))
    return {**widget, "attrs": attrs}


def _counted(attrs: dict[str, Any]) -> dict[str, Any]:
    # A browser cuts pasted text at `maxlength` without a word. People keep their text and are told its length.
    return {"maxlength": False, "data-count": str(attrs["maxlength"])} if attrs.get("maxlength") else {}


@dataclass(frozen=True, kw_only=True)
class ErrorSentence:
    """An error as it stands at its field, and as it stands in the summary, where the field is not in sight."""

    sentence: str
    in_summary: str


def sentences_of(field: forms.BoundField) -> list[ErrorSentence]:
    """The errors of a field; the framework's "this field is required" gives way to words that name what is missing."""
    return [_worded(field, str(message)) for message in field.errors]


def _worded(field: forms.BoundField, message: str) -> ErrorSentence:
    if message != str(forms.Field.default_error_messages["required"]):
        return ErrorSentence(sentence=message, in_summary=message)
    sentence = _("Hier fehlt noch Ihre Antwort.")
    return ErrorSentence(sentence=sentence, in_summary=f"{field.label}: {sentence}".replace("?:", "?"))


class DateInput(forms.DateInput):
    """A date field with the browser's own calendar; types as a date where there is none."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class LongText(forms.Textarea):
    """A text area that grows, and whose unsent text the browser keeps until it was received."""

    def __init__(self, *, rows: int = 6, keep: bool = True) -> None:
        super().__init__(attrs={"rows": rows, **({"data-keep": ""} if keep else {})})
