"""The scenes in which every deed of the made-up slice is done several times at once."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from cast import NOW, jörg, malik, office
from deeds_at_once import Scenes, Tried
from mitstadt.site.tests.second import actions
from mitstadt.site.tests.second.models import Catalogue
from mitstadt.site.tests.second.tests.second_city import opened_catalogue, opened_list


def _wish() -> Tried:
    call = partial(actions.wish, opened_list(), actor=jörg(), body="Ein Trinkbrunnen.", now=NOW)
    return Tried(partial(call, submission_key=uuid4()), once=("wished",))


def _open() -> Tried:
    fresh = Catalogue(title="Probierkatalog", body="Was man lernen kann.", host=office())
    call = partial(actions.open_catalogue, fresh, actor=malik(), now=NOW)
    return Tried(call, each=("began_catalogue", "opened_catalogue"))


def _publish() -> Tried:
    call = partial(actions.publish_unit, opened_catalogue(), actor=malik(), title="Karten lesen", body="So.", now=NOW)
    return Tried(call, each=("published_unit",))


def _ask() -> Tried:
    return Tried(
        partial(actions.ask_for_unit, opened_catalogue(), actor=jörg(), title="Nähen", now=NOW),
        each=("asked_for_unit",),
    )


SCENES: Scenes = {
    actions.ask_for_unit: _ask,
    actions.open_catalogue: _open,
    actions.publish_unit: _publish,
    actions.wish: _wish,
}

PARTS: dict[object, str] = {}
