"""What open data tell of passages and contributions beyond their rows; one query for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mitstadt.participation.drafting.models import Contribution, Passage


def facts_of_passages(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """Edition, place and shape."""
    rows = Passage.objects.keyed(keys).values_list("pk", "edition__number", "number", "shape", "level")
    return {
        key: {"edition": edition, "number": number, "shape": shape, "level": level}
        for key, edition, number, shape, level in rows
    }


def facts_of_contributions(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """What it is, where it was said, the proposed wording, the words it speaks about, and its theme."""
    rows = Contribution.objects.keyed(keys).values_list("pk", "form", "passage__ref", "wording", "anchor", "theme")
    return {
        key: {
            "form": form,
            "passage": passage,
            "wording": wording,
            "quoted": str(anchor.get("exact", "")),
            "theme": theme,
        }
        for key, form, passage, wording, anchor, theme in rows
    }
