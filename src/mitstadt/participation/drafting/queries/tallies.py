"""What contributions are counted by, and the counts read back: a handful of rows, however much was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mitstadt.participation.drafting.models import Contribution

FORM = "form:"


def facets_of_contributions(keys: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The form of each; one query for many."""
    return {key: (f"{FORM}{form}",) for key, form in Contribution.objects.keyed(keys).values_list("pk", "form")}
