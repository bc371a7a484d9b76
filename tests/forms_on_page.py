"""The forms that a page shows, read as a browser reads them, to be filled in and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_UNSENT = {"submit", "button", "image", "reset"}
_TYPED = {"text", "search", "email", "password", "tel", "url", "number", "date", "datetime-local", "time"}


@dataclass
class PageForm:
    """One form: where it is sent to, what it holds, and which fields a person types into."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    chosen: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def filled(self, **values: object) -> dict[str, Any]:
        """What the browser would send after these values were typed or chosen."""
        unknown = set(values) - {*self.values, *self.typed, *self.chosen, *self.files}
        assert not unknown, f"The form has no field {unknown}, but {sorted({*self.values, *self.typed, *self.chosen})}."
        return {**self.values, **values}

    def first_choices(self) -> dict[str, str]:
        """The last option of each choice: the first one is often “please choose”."""
        return {name: options[-1] for name, options in self.chosen.items() if options}


def forms_on(html: str) -> list[PageForm]:
    """All forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_with(html: str, field_name: str) -> PageForm:
    """The form of the page that has this field."""
    for form in forms_on(html):
        if field_name in {*form.values, *form.typed, *form.chosen, *form.files}:
            return form
    raise AssertionError(f"No form of the page has a field {field_name}.")


class _Reader(HTMLParser):
    """Collects forms and their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name = given.get("name", "")
        if tag == "select":
            self._select = name
            self._form.chosen.setdefault(name, [])
        elif tag == "option" and self._select:
            self._option(given)
        elif tag == "textarea" and name:
            self._area = name
            self._form.typed.append(name)
            self._form.values[name] = [""]
        elif tag in {"input", "button"} and name:
            self._input(self._form, tag, name, given)

    def _option(self, given: dict[str, str]) -> None:
        assert self._form is not None
        self._form.chosen[self._select].append(given.get("value", ""))
        if "selected" in given or self._select not in self._form.values:
            self._form.values[self._select] = [given.get("value", "")]

    def _input(self, form: PageForm, tag: str, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "submit" if tag == "button" else "text")
        if kind in _UNSENT:
            form.chosen.setdefault(name, []).append(given.get("value", ""))
        elif kind == "file":
            form.files.append(name)
        elif kind in {"radio", "checkbox"}:
            form.chosen.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        else:
            form.values.setdefault(name, []).append(given.get("value", ""))
            if kind in _TYPED:
                form.typed.append(name)

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area and self._form is not None:
            # The browser drops the first line end of a text area.
            self._form.values[self._area][0] = self._form.values[self._area][0].removeprefix("\n")
            self._area = ""
