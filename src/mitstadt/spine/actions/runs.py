"""Ask for a run, and compute it: once, however often it is asked for, and without anyone waiting for it."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mitstadt.ground import clock
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import Json, canonical_json, sha256_hex
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.records import free_ref
from mitstadt.spine.models import Record, Run, RunInput, RunState
from mitstadt.spine.run_queue import hand_over
from mitstadt.spine.runs import RunMethod, is_declared, method_of

# So long a run is left to the one who computes it; after that its machine is taken for lost.
LOST_AFTER = timedelta(hours=1)
logger = logging.getLogger(__name__)


def ask_for_run(
    record: Record, method: RunMethod, *, now: datetime, settings: Mapping[str, Json] | None = None, seed: int = 0
) -> Run:
    """The run of this method about the record as it stands now, computed soon.

    The same method, version, settings and input are one run; asked for with another seed it is still the first one,
    so that nobody draws again until the result suits. One that failed is tried anew.
    """
    if not is_declared(method):
        raise LookupError(f"The method “{method.key}” is not declared.")
    settings = dict(settings or {})
    data = method.inputs(record)
    name = sha256_hex(data)
    identity = [record.ref, method.key, method.version, settings, name]
    with transaction.atomic():
        published, _new = RunInput.objects.get_or_create(sha256=name, defaults={"packed": zlib.compress(data, 9)})
        run, new = Run.objects.get_or_create(
            key=sha256_hex(canonical_json(identity)),
            defaults={
                "ref": free_ref(),
                "record_id": record.pk,
                "method": method.key,
                "version": method.version,
                "settings": settings,
                "seed": seed,
                "input": published,
                "command": method.command_for(settings, seed),
                "input_name": method.input_name,
                "asked_at": now,
            },
        )
        if new or _tried_anew(run):
            hand_over(run.pk)
    return run


def compute(key: int, *, clock_now: Callable[[], datetime] = clock.now) -> bool:
    """Compute the run with this key, unless that is done or somebody is at it; False where nothing was to do.

    Called again after a crash it begins anew; of two who finish, one writes result and act.
    """
    if not _claimed(key, now=clock_now()):
        return False
    run = Run.objects.select_related("input").get(pk=key)
    output, problem = _result(run)
    return _ended(key, output, problem, now=clock_now())


def _tried_anew(run: Run) -> bool:
    failed = Run.objects.filter(pk=run.pk, state=RunState.FAILED)
    again = failed.update(state=RunState.WAITING, problem="", started_at=None, ended_at=None)
    if again:
        run.refresh_from_db()
    return bool(again)


def _claimed(key: int, *, now: datetime) -> bool:
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, started_at__lte=now - LOST_AFTER)
    return bool(Run.objects.filter(free, pk=key).update(state=RunState.RUNNING, started_at=now))


def _result(run: Run) -> tuple[str, str]:
    """The result as canonical JSON, or the sentence that says why there is none."""
    method = method_of(run)
    if method is None:
        return "", f"The method “{run.method}” in version {run.version} is no longer installed here."
    try:
        data = run.input.data
        if sha256_hex(data) != run.input_id:
            return "", "The input is damaged: it does not fit its hash."
        return canonical_json(method.compute(data, run.settings, run.seed)).decode(), ""
    except MethodError as refusal:
        return "", refusal.sentence
    except Exception as error:
        # Whatever a method does wrong, people read that it failed, and the operator why.
        logger.exception("The run %s failed.", run.pk)
        return "", f"The method stopped at an error that nobody expected ({type(error).__name__})."


def _ended(key: int, output: str, problem: str, *, now: datetime) -> bool:
    with transaction.atomic():
        run = Run.objects.select_for_update(of=("self",)).select_related("record__room").get(pk=key)
        if run.state != RunState.RUNNING:
            return False
        run.state = RunState.FAILED if problem else RunState.DONE
        run.output, run.problem, run.ended_at = output, problem, now
        run.output_sha256 = "" if problem else sha256_hex(output.encode())
        run.save(update_fields=["state", "output", "output_sha256", "problem", "ended_at"])
        if not problem:
            record_act(actor=None, verb=verbs.COMPUTED, record=run.record, now=now, details=_details(run))
    return True


def _details(run: Run) -> dict[str, object]:
    return {
        "run": run.ref,
        "method": run.method,
        "version": run.version,
        "settings": run.settings,
        "seed": run.seed,
        "input": run.input_id,
        "output": run.output_sha256,
    }
