"""What every slice uses: orders of lists, the step that shows similar things, files in the language of who asks."""

import pytest
from django import forms
from django.test import RequestFactory
from django.utils.translation import gettext, override

from mitstadt.spine.queries.ordering import Order
from mitstadt.ui.orders import order_links, order_of
from mitstadt.ui.print.streams import written
from mitstadt.ui.similar import SimilarFirst


class Wish(SimilarFirst):
    words = forms.CharField()

    @property
    def typed(self):
        return self.cleaned_data["words"]


def sent(**data):
    form = Wish(data)
    assert form.is_valid()
    return form


def test_similar_things_are_shown_once_and_what_was_typed_is_not_touched():
    data = {"words": "Bänke", "similar_seen": ""}
    form = sent(**data)
    assert form.shows_similar(lambda typed: [typed, "eins"]) == ["Bänke", "eins"]
    assert form.data == data
    assert 'name="similar_seen" value="on"' in str(form["similar_seen"])
    assert not sent(words="Bänke", similar_seen="on").shows_similar(lambda typed: ["eins"])


def test_a_form_that_resembles_nothing_goes_through_and_asks_again_when_it_comes_back():
    form = sent(words="Bänke")
    assert not form.shows_similar(lambda typed: [])
    assert 'value="on"' not in str(form["similar_seen"])


@pytest.mark.parametrize(("asked", "found"), [("newest", Order.NEWEST), ("", Order.OLDEST), ("nonsense", Order.OLDEST)])
def test_an_address_asks_for_an_order_and_nonsense_gets_the_usual_one(asked, found):
    request = RequestFactory().get("/", {"reihenfolge": asked})
    assert order_of(request, Order.OLDEST) is found


def test_exactly_one_order_is_the_current_one():
    assert [link.current for link in order_links(Order.NEWEST)].count(True) == 1


@pytest.mark.django_db
def test_a_file_speaks_the_language_of_who_asked():
    def pieces():
        yield gettext("Suche")

    with override("en"):
        answer, file = written(pieces(), "text/plain"), written(pieces(), "text/plain", "a.txt")
    with override("de"):
        assert b"".join(answer) == b"Search"
        assert b"".join(file) == b"Search"
    answer.close()
    file.close()
    assert file.headers["Content-Disposition"] == 'attachment; filename="a.txt"'
