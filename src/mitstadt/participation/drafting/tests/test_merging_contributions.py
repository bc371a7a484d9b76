"""Contributions at one passage are merged and split; list, page, synopsis and all its files say where they went."""

import json

import pytest
from django.urls import reverse

from cast import LATER, NOW, ida, jörg, malik
from html_client import CityClient
from mitstadt.pages.together.queries import near
from mitstadt.participation.drafting.models import Contribution
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.actions.splitting import split
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture
def bench():
    return passage(opened(), "Der Platz")


def told(response):
    return b"".join(response).decode() if response.streaming else response.content.decode()


def test_only_what_stands_at_the_same_passage_is_offered(bench):
    said, beside = comment_at(bench, actor=jörg(), body="Mehr davon."), comment_at(bench, actor=ida(), body="Mehr.")
    comment_at(passage(opened(), "Für Kinder"), actor=ida(), body="Wasser.")
    assert near(Record.objects.get(pk=said.pk)) == [Record.objects.get(pk=beside.pk)]


def test_a_piece_stands_at_the_same_words_with_the_same_theme(bench):
    said = comment_at(bench, actor=jörg(), body="Mehr davon. Und Licht.")
    Contribution.objects.filter(pk=said.pk).update(theme="Licht", anchor={"exact": "Bänke"})
    count = bench.contribution_count
    pieces = split(said, ["Mehr davon.", "Und Licht."], actor=malik(), reason="Zweierlei.", now=LATER)
    for piece in Contribution.objects.filter(pk__in=[one.pk for one in pieces]):
        assert (piece.passage, piece.form, piece.theme, piece.anchor) == (bench, "comment", "Licht", {"exact": "Bänke"})
    bench.refresh_from_db()
    assert bench.contribution_count == count + 3


def test_a_wording_is_not_split(bench):
    said = wording_for(bench, f"{bench.body} Sie haben Lehnen.", actor=jörg(), body="Ein Grund. Noch einer.")
    with pytest.raises(Refused, match="split_has_wording"):
        split(said, ["Ein Grund.", "Noch einer."], actor=malik(), reason="Zweierlei.", now=LATER)


def test_page_list_synopsis_and_files_say_where_it_went(bench):
    source, target = comment_at(bench, actor=jörg(), body="Mehr davon."), comment_at(bench, actor=ida(), body="Mehr.")
    merge([source], target, actor=malik(), reason="Dasselbe.", now=NOW)
    text, sentence = opened(), f"Ging auf in: {target.ref}"
    assert f'href="/beitraege/{target.ref}/"' in told(CityClient().get(reverse("contribution", args=[source.ref])))
    assert sentence in told(CityClient().get(reverse("passage", args=[text.ref, bench.ref])))
    assert sentence in told(CityClient().get(reverse("synopsis", args=[text.ref])))
    editor = CityClient()
    editor.force_login(malik().person)
    assert sentence in told(editor.get(reverse("editing_desk", args=[text.ref])))
    table = told(CityClient().get(reverse("synopsis_file", args=[text.ref, "csv"])))
    assert any(target.ref in line for line in table.splitlines() if f"/{source.ref}" in line)
    found = json.loads(told(CityClient().get(reverse("synopsis_file", args=[text.ref, "json"]))))
    voices = {said["ref"]: said for row in found["passages"] for said in row["contributions"]}
    assert voices[source.ref]["goes_on_in"] == [target.ref]
    assert voices[target.ref]["author"] == f"Ida, mit Worten aus {source.ref}"
