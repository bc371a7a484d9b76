"""One byte that flips, anywhere in the database file: found, or it changed nothing that anyone said."""

from __future__ import annotations

import pytest

from other_city import ran
from prepared import city_of_the_first_version, copied, database_in
from scale import thorough

pytestmark = pytest.mark.slow

PLACES = 400 if thorough() else 12
SETTINGS = "mitstadt.site.settings"

# In one process, since starting takes longer than checking: the file is changed, checked, and put back.
_TRY = """
import random, sys
from pathlib import Path
import django
django.setup()
from django.db import connection
from mitstadt.site.backup import secrets, tables
from mitstadt.site.backup.findings import findings
from mitstadt.spine.models import SignedHead
file, places = Path(connection.settings_dict["NAME"]), int(sys.argv[1])
head, key = SignedHead.objects.order_by("-size").first().text, secrets.log_key()
# What somebody said, and the log. Counters, themes and days are counted anew or stand in no act.
columns = {
    "spine.record": ("pk", "ref", "kind", "title", "body", "organisation"),
    "drafting.contribution": ("pk", "form", "wording", "anchor"),
    "drafting.passage": ("pk", "number", "shape"),
    "spine.actcontent": ("pk", "salt", "content"),
    "spine.act": ("pk", "at", "actor_kind", "actor", "verb", "ref", "details", "content_hash", "leaf_hash"),
}
models = {label: model for model in tables.kept_models() if (label := tables.label(model)) in columns}
said = lambda: [list(models[label].objects.order_by("pk").values_list(*columns[label])) for label in columns]
before = said()
connection.close()
raw = file.read_bytes()
draw = random.Random(7)
texts = [place for place in range(len(raw) - 40) if raw[place:place + 8].isalpha()]
for number in range(places):
    place = draw.choice(texts) if number % 2 else draw.randrange(100, len(raw))
    file.write_bytes(raw[:place] + bytes([raw[place] ^ 1 << draw.randrange(8)]) + raw[place + 1:])
    try:
        found = not findings(key, head=head).sound
        other = said() != before
    except Exception as error:
        found, other = True, True
    connection.close()
    file.write_bytes(raw)
    told = "found" if found else "MISSED" if other else "harmless"
    print(place, told, flush=True)
"""


def test_one_flipped_byte_in_the_database_is_found_or_harmless(tmp_path, tmp_path_factory):
    var = copied(city_of_the_first_version(tmp_path_factory), tmp_path / "var")

    tried = ran("-c", _TRY, str(PLACES), url=database_in(var), var=var, DJANGO_SETTINGS_MODULE=SETTINGS)

    lines = tried.stdout.splitlines()
    assert len(lines) == PLACES, tried.stderr
    assert [line for line in lines if line.endswith("MISSED")] == []
