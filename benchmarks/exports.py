"""Memory and time of every export of one text with many contributions: each in a process of its own.

    .venv/bin/python benchmarks/exports.py [--contributions 10000]

Makes an SQLite city in a temporary folder. Quote the columns: CPU seconds and the peak of resident memory, with that of
a process that only loads the platform beside it; for the PDF also the peak of the press, which is a process of its own.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2027, 5, 4, 10, tzinfo=UTC)
EXPORTS = ("nothing", "page", "csv", "json", "docx", "pdf", "process_json", "process_csv")
WORDS = "Die Bänke am Platz sollen im Schatten der Linden stehen und auch nachts gut beleuchtet sein. "


def main() -> None:
    """Build the city, then measure each export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contributions", type=int, default=10_000)
    parser.add_argument("--measure", choices=EXPORTS)
    parser.add_argument("--build", action="store_true")
    options = parser.parse_args()
    if options.build or options.measure:
        _set_up()
        build(options.contributions) if options.build else measure(options.measure)
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "MITSTADT_VAR": folder, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"}
        run = [sys.executable, __file__, "--contributions", str(options.contributions)]
        subprocess.run([*run, "--build"], env=environment, check=True)
        print(f"{options.contributions} contributions\nexport         CPU s   peak MB  press MB      bytes")
        for name in EXPORTS:
            subprocess.run([*run, "--measure", name], env=environment, check=True)


def _set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mitstadt.site.settings"
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    import django

    django.setup()


def build(contributions: int) -> None:
    """One text of 40 sections; every contribution has an answer in its link, half of them a wording."""
    from django.core.management import call_command

    from cast import malik, prepared_process
    from mitstadt.ground.refs import new_ref
    from mitstadt.participation.drafting.models import Contribution, CoText, Passage
    from mitstadt.participation.drafting.tests.builders import hosted, imported
    from mitstadt.spine.actions.answers import answer
    from mitstadt.spine.actions.processes import open_process
    from mitstadt.spine.models import AnswerDecision

    call_command("migrate", verbosity=0)
    body = "\n\n".join(f"Abschnitt {n}\n\n{WORDS * 3}Stelle {n}." for n in range(40))
    text = imported(prepared_process(), words=f"Ein langer Text\n\n{body}\n")
    open_process(hosted(text), actor=malik(), now=NOW - timedelta(days=2))
    text = CoText.objects.get(pk=text.pk)
    from django.db import transaction

    host = malik()
    passages = list(Passage.objects.filter(edition__text=text, shape="paragraph"))
    made = []
    with transaction.atomic():
        for number in range(contributions):
            where = passages[number % len(passages)]
            wording = f"{where.body} Und {number} dazu." if number % 2 else ""
            one = Contribution(
                kind="contribution",
                ref=new_ref(os.urandom),
                passage=where,
                form="wording" if wording else "comment",
                body=WORDS * 4,
                wording=wording,
                room_id=text.room_id,
                author=host.person,
                created_at=NOW,
                changed_at=NOW,
            )
            one.save(force_insert=True)
            made.append(one)
        for start in range(0, len(made), 50):
            bundle = made[start : start + 50]
            noted = AnswerDecision.NOTED
            answer(bundle, room=text.home, actor=host, decision=noted, reason=WORDS * 2, now=NOW)


def measure(name: str) -> None:
    """Run one export to the end, keeping nothing, and print what it took."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from mitstadt.participation.drafting.models import CoText
    from mitstadt.spine.models import Process

    settings.ALLOWED_HOSTS = ["testserver"]
    # Pages without the step that gives static files their hashed names.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("whitenoise.")]
    ref, text_ref = Process.objects.get().ref, CoText.objects.get().ref
    addresses = {
        "nothing": reverse("process", args=[ref]),
        "page": reverse("synopsis", args=[text_ref]),
        "process_json": reverse("process_json", args=[ref]),
        "process_csv": reverse("process_csv", args=[ref]),
    }
    address = addresses.get(name) or reverse("synopsis_file", args=[text_ref, name])
    began = time.process_time()
    response = Client().get(address)
    size = sum(map(len, response)) if response.streaming else len(response.content)
    spent = time.process_time() - began
    own, press = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent += press.ru_utime + press.ru_stime
    print(f"{name:13}{spent:7.1f}{own.ru_maxrss / 1024:10.0f}{press.ru_maxrss / 1024:10.0f}{size:11,}", flush=True)


if __name__ == "__main__":
    main()
