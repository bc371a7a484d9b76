"""A made-up method, for tests alone: it draws some of the letters of a title."""

import json
import random
from collections.abc import Mapping
from datetime import datetime

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import Json
from mitstadt.spine import runs
from mitstadt.spine.actions.runs import ask_for_run, compute
from mitstadt.spine.models import Record, Run


def letters_of(record: Record) -> bytes:
    """The title as a published file."""
    return json.dumps({"title": record.title}, ensure_ascii=False).encode()


def drawn(data: bytes, settings: Mapping[str, Json], seed: int) -> Json:
    """So many letters, drawn with the seed."""
    title = json.loads(data)["title"]
    many = int(str(settings.get("letters", 3)))
    if many > len(title):
        raise MethodError("too_few_letters", f"There are only {len(title)} letters.")
    return {"drawn": random.Random(seed).sample(title, many), "of": len(title)}  # repeatable on purpose


LETTERS = runs.register(
    runs.RunMethod(
        key="trial_letters",
        version="1",
        name="Buchstaben ziehen",
        inputs=letters_of,
        compute=drawn,
        command="./mitstadt letters {input} --seed {seed} --settings {settings}",
    )
)


def computed_run(record: Record, *, now: datetime) -> Run:
    """A run that is done."""
    run = ask_for_run(record, LETTERS, now=now, seed=7)
    compute(run.pk, clock_now=lambda: now)
    run.refresh_from_db()
    return run
