"""What is in use is declared; what is not stops the start, and what is no longer there is still shown."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from cast import NOW, ida, jörg, krüger
from mitstadt.spine import kinds, links, texts, verbs
from mitstadt.spine import own_verbs as own
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.checks import check_declarations
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Act, Record
from mitstadt.spine.tests.trial_format import contribution, running_process
from mitstadt.spine.verbs import By, Event, Told, Untold, Verb

SONG = gettext_lazy("Lied gesungen")
NOTHING: Any = ""


def found():
    return {error.id for error in check_declarations()}


def test_all_that_is_installed_is_declared_with_all_its_sentences():
    assert found() == set()


def test_a_kind_that_nobody_declared_is_found_at_the_start(monkeypatch):
    monkeypatch.delitem(kinds._kinds, "comment")

    assert found() == {"mitstadt.E001"}


def test_a_kind_without_a_name_is_found_at_the_start(monkeypatch):
    monkeypatch.setitem(kinds._kinds, "song", kinds.Kind(key="song", label="", labels="Lieder"))

    assert found() == {"mitstadt.E002"}


@pytest.mark.parametrize(
    "made_up",
    [
        Verb("sang", By.PEOPLE, NOTHING, Untold.LOG_ONLY),
        Verb("sang", By.PEOPLE, SONG, Told(NOTHING)),
        Verb("Sang a song", By.PEOPLE, SONG, Untold.LOG_ONLY),
    ],
)
def test_a_verb_without_a_sentence_or_with_a_key_that_the_log_cannot_hold_is_found_at_the_start(monkeypatch, made_up):
    monkeypatch.setitem(verbs._verbs, made_up.key, made_up)

    assert found() == {"mitstadt.E003"}


def test_a_verb_that_its_slice_wrote_down_and_did_not_declare_is_found_at_the_start(monkeypatch):
    monkeypatch.setattr(own, "SANG", Verb("sang", By.PEOPLE, SONG, Untold.LOG_ONLY), raising=False)

    assert found() == {"mitstadt.E004"}


def test_an_arrow_without_words_in_one_direction_is_found_at_the_start(monkeypatch):
    silent = links.LinkType("sings_of", SONG, forth=links.Way(SONG, SONG), back=links.Way(SONG, NOTHING))
    monkeypatch.setitem(links._types, "sings_of", silent)

    assert found() == {"mitstadt.E005"}


def test_two_slices_cannot_declare_the_same_word():
    with pytest.raises(ValueError, match="commented"):
        verbs.register(Verb("commented", By.PEOPLE, SONG, Untold.LOG_ONLY))
    with pytest.raises(ValueError, match="comment"):
        kinds.register(kinds.Kind(key="comment", label="Lied", labels="Lieder"))
    with pytest.raises(ValueError, match="answers"):
        links.register(links.LinkType("answers", SONG, forth=links.Way(SONG, SONG), back=links.Way(SONG, SONG)))
    with pytest.raises(ValueError, match="not_yours"):
        texts.register({"not_yours": SONG})


MADE_UP = {
    "__init__.py": "",
    "models.py": "from mitstadt.spine.models import Record\n\n\nclass Song(Record):\n    KIND = 'song'\n",
    "verbs.py": (
        "from mitstadt.spine.verbs import By, Untold, Verb, register\n\n"
        "SANG = Verb('sang', By.PEOPLE, '', Untold.LOG_ONLY)\nregister(SANG)\n"
    ),
    "apps.py": (
        "from django.apps import AppConfig\n\n\nclass Songs(AppConfig):\n    name = 'songs'\n\n"
        "    def ready(self):\n        import songs.verbs\n"
    ),
    "city.py": "from mitstadt.site.settings.test import *\n\nINSTALLED_APPS = [*INSTALLED_APPS, 'songs.apps.Songs']\n",
}


@pytest.mark.slow
def test_a_kind_that_is_split_and_does_not_say_how_is_found_at_the_start(monkeypatch):
    song = kinds.Kind(key="song", label="Lied", labels="Lieder", accepts=kinds.MERGED_AND_SPLIT)
    monkeypatch.setitem(kinds._kinds, "song", song)
    assert found() == {"mitstadt.E012"}


def test_a_city_with_an_undeclared_kind_and_a_verb_without_a_sentence_does_not_start(tmp_path):
    for name, text in MADE_UP.items():
        (tmp_path / "songs").mkdir(exist_ok=True)
        (tmp_path / "songs" / name).write_text(text)
    path = os.pathsep.join([str(tmp_path), *sys.path])

    started = subprocess.run(
        [sys.executable, "-c", "import mitstadt.site.wsgi"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "songs.city", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert "The kind “song” has no declaration." in started.stderr
    assert "The verb “sang” lacks a sentence." in started.stderr


@pytest.mark.django_db
def test_what_nobody_declared_is_neither_logged_nor_told_to_anyone():
    record = contribution(running_process(), actor=ida())
    follow(record, actor=jörg(), now=NOW)

    with pytest.raises(LookupError, match="sang"):
        record_act(actor=ida(), verb=Verb("sang", By.PEOPLE, SONG, Untold.LOG_ONLY), record=record, now=NOW)
    with pytest.raises(LookupError, match="sang"):
        tell_followers([record], Event("sang", SONG), now=NOW)
    with pytest.raises(LookupError, match="supported"):
        tell_followers([record], own.SUPPORTED, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "voice"),
    [(own.REPORTED, "person"), (own.KEPT, "host"), (own.UNDID_SUPPORT, "host"), (own.WITHDREW, "person")],
)
def test_an_act_is_told_in_the_voice_that_its_verb_declares(verb, voice):
    assert record_act(actor=krüger(), verb=verb, record=None, now=NOW).actor_kind == voice


@pytest.mark.django_db
def test_the_platform_itself_does_not_speak_for_people():
    with pytest.raises(ValueError, match="withdrew"):
        record_act(actor=None, verb=own.WITHDREW, record=None, now=NOW)
    assert record_act(actor=None, verb=own.FOUNDED_ORGANISATION, record=None, now=NOW).actor_kind == "system"


def test_each_kind_takes_its_own_deeds_and_what_nobody_declared_takes_none_that_adds():
    assert kinds.accepts("trial", Deed.SUPPORT)
    assert kinds.accepts("comment", Deed.SUPPORT)
    assert not kinds.accepts("comment", Deed.COMMENT)
    assert not kinds.accepts("process", Deed.SUPPORT)
    assert not kinds.accepts("process", Deed.ERASE)
    assert kinds.accepts("song", Deed.REPORT)
    assert not any(kinds.accepts("song", deed) for deed in (Deed.SUPPORT, Deed.COMMENT, Deed.CONTRIBUTE, Deed.ERASE))
    assert kinds.accepts("song", Deed.OPEN)


@pytest.mark.django_db
def test_what_a_slice_left_behind_is_still_shown_plainly(client):
    record = contribution(running_process(), actor=ida())
    Record.objects.filter(pk=record.pk).update(kind="song")
    Act.objects.filter(ref=record.ref).update(verb="sang")

    for address in (f"/werdegang/{record.ref}/", f"/protokoll/{record.ref}/", "/suche/?q=Bänke", "/protokoll/"):
        page = client.get(address)
        assert page.status_code == 200, address
    assert "hier nicht mehr eingerichtet ist (sang)" in client.get("/protokoll/").content.decode()
