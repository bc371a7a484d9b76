"""In a whole city nothing stands in the database that nobody declared, and every act speaks in its verb's voice."""

from importlib import import_module

import pytest
from django.conf import settings

from mitstadt.spine import kinds, links, verbs
from mitstadt.spine.models import Act, Channel, Link, Notice, Record, Turn
from mitstadt.spine.verbs import By

pytestmark = pytest.mark.django_db

VOICES = {By.PEOPLE: {"person", "code", "guest"}, By.OFFICE: {"host", "system"}, By.SYSTEM: {"system"}}


def _events():
    """What followers may hear of, by the modules in which spine and slices declare it."""
    names = ["mitstadt.spine.own_verbs", "mitstadt.spine.office_verbs", "mitstadt.spine.verbs_of_change"]
    modules = [import_module(name) for name in (*names, *(f"{name}.verbs" for name in settings.SLICES))]
    return {one.key for module in modules for one in verbs.of_module(module) if one.notice}


def test_every_kind_arrow_event_and_channel_in_the_city_is_declared(city):
    assert set(Record.objects.values_list("kind", flat=True)) <= {kind.key for kind in kinds.all_kinds()}
    assert set(Link.objects.values_list("type", flat=True)) <= set(links.all_types())
    assert set(Notice.objects.values_list("event", flat=True)) <= _events()
    for rows in (Record, Turn):
        assert set(rows.objects.values_list("channel", flat=True)) <= set(Channel.values)


def test_every_act_in_the_city_is_told_in_the_voice_of_its_verb(city):
    declared = {verb.key: verb for verb in verbs.all_verbs()}
    told = set(Act.objects.values_list("verb", "actor_kind"))

    assert len(told) > 10
    assert [(verb, voice) for verb, voice in told if voice not in VOICES[declared[verb].by]] == []
