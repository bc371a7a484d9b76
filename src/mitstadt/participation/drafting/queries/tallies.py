"""What contributions are counted by, and the counts read back: a handful of rows, however much was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mitstadt.participation.drafting.models import Contribution

FORM, THEME = "form:", "theme:"


def facets_of_contributions(keys: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The form of each, and its theme where it has one; one query for many."""
    rows = Contribution.objects.keyed(keys).values_list("pk", "form", "theme")
    return {key: (f"{FORM}{form}", *([f"{THEME}{theme}"] if theme else [])) for key, form, theme in rows}
