"""A record of a kind is looked up by its kind, on every way that Django offers; a city does not start otherwise."""

import pytest
from django.db.models.query import prefetch_related_objects

from mitstadt.spine.checks import check_declarations
from mitstadt.spine.models import Answer, Comment, Process, Record
from rows_read import statements

pytestmark = pytest.mark.django_db


def asked_by(act):
    """The statements of one look-up."""
    with statements() as asked:
        act()
    return [sql for sql, _params in asked if sql.startswith("SELECT")]


@pytest.mark.parametrize(
    "look",
    [
        lambda: list(Comment.objects.filter(room=1)),
        lambda: Comment.objects.filter(ref="x").first(),
        lambda: Comment.objects.in_bulk([1, 2]),
        lambda: Comment.objects.filter(pk=1).exists(),
        lambda: Comment.objects.count(),
        lambda: list(Comment(pk=1).replies.all()),
        lambda: list(Record(pk=1).comments.all()),
        lambda: prefetch_related_objects([Comment(pk=1)], "replies"),
        lambda: list(Process.objects.filter(stage="open")),
        lambda: list(Answer.objects.filter(part=1)),
        lambda: Answer.objects.filter(pk=1).update(decision="noted"),
    ],
)
def test_every_look_up_names_the_kind(look):
    for statement in asked_by(look):
        assert '."kind" = ' in statement, statement


def test_a_child_that_is_found_by_walking_all_records_stops_the_start(monkeypatch):
    monkeypatch.setattr(Comment._meta, "local_managers", [])
    Comment._meta._expire_cache()  # type: ignore[attr-defined]  # undocumented; there is no other way to see it gone
    try:
        assert "mitstadt.E011" in [error.id for error in check_declarations()]
    finally:
        monkeypatch.undo()
        Comment._meta._expire_cache()  # type: ignore[attr-defined]  # undocumented; there is no other way to see it gone
