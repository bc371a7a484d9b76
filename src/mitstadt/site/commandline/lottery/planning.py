"""check, quotas, invite: what is needed before anybody can be drawn."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import sha256_hex
from mitstadt.methods.sortition.classes import Problem, build_problem
from mitstadt.methods.sortition.feasibility import Conflict, find_conflict
from mitstadt.methods.sortition.invitation import invite as invite_households
from mitstadt.methods.sortition.invitation import read_register
from mitstadt.methods.sortition.relaxation import maximin_bound
from mitstadt.methods.sortition.residents import quotas_from_residents
from mitstadt.methods.sortition.scarcity import scarce_cells
from mitstadt.site.commandline.frame.files import write_file
from mitstadt.site.commandline.lottery.files import Inputs, read_bytes, read_inputs, text_of


def check(options: Typed) -> Told:
    """Say whether a panel exists; exit 1 where none does."""
    options.doing(_("1 von 2: Tabellen lesen"))
    inputs = read_inputs(options)
    options.doing(_("2 von 2: ein Gremium suchen"))
    problem = build_problem(inputs.pool, inputs.quotas, inputs.size)
    conflict = find_conflict(problem)
    told: dict[str, Any] = {
        **_facts(inputs, problem),
        **(conflict_json(conflict, inputs.size) if conflict else _scarcity(problem)),
    }
    return Told(told["explanation"], told, code=1 if conflict else 0)


def _facts(inputs: Inputs, problem: Problem) -> dict[str, object]:
    homes = inputs.pool.households
    return {
        "size": inputs.size,
        "people": len(inputs.pool),
        "classes": problem.class_count,
        "households": len(set(homes)) if homes is not None else None,
        "quotas": len(inputs.quotas.quotas),
        "input_sha256": inputs.sha256,
    }


def conflict_json(conflict: Conflict, size: int) -> dict[str, object]:
    """Why no panel exists, for programs and in words."""
    invite_more = [
        {"category": c.category, "feature": c.feature, "invite": c.old - c.new}
        for c in conflict.changes
        if c.bound == "min"
    ]
    return {
        "feasible": False,
        "conflict": [asdict(limit) | {"sentence": limit.sentence()} for limit in conflict.limits],
        "conflict_is_smallest": conflict.smallest,
        "relaxations": [
            {"category": c.category, "feature": c.feature, "bound": c.bound, "from": c.old, "to": c.new}
            | {"change": abs(c.new - c.old), "sentence": c.sentence()}
            for c in conflict.changes
        ],
        "relaxation_cost": conflict.cost,
        "invite_more": invite_more,
        "near_empty": [],
        "explanation": list(conflict.sentences(size)),
    }


def _scarcity(problem: Problem) -> dict[str, object]:
    cells = scarce_cells(problem)
    lowest = maximin_bound(problem)
    told = [f"Panels exist. The fairest draw gives everyone a probability of at most {lowest:.4%} in common."]
    return {
        "feasible": True,
        "conflict": [],
        "relaxations": [],
        "lowest_probability_bound": lowest,
        "near_empty": [
            {"features": dict(cell.features), "in_pool": cell.in_pool, "needed": cell.needed, "invite": cell.invite}
            | {"sentence": cell.sentence()}
            for cell in cells
        ],
        "invite_more": [
            {"category": c.features[0][0], "feature": c.features[0][1], "invite": c.invite}
            for c in cells
            if len(c.features) == 1
        ],
        "explanation": told + [cell.sentence() for cell in cells],
    }


def quotas(options: Typed) -> Told:
    """Quotas that mirror the residents of an area."""
    content = read_bytes(options.residents)
    found = quotas_from_residents(
        text_of(content, options.residents),
        options.size,
        area=options.area,
        slack=options.slack,
        without=[part for part in options.without.split(",") if part],
        name=Path(options.residents).name,
    )
    if options.csv:
        write_file(options.csv, found.quotas.to_csv().encode())
    rows = [
        {"category": q.category, "feature": q.feature, "min": q.minimum, "max": q.maximum}
        | {"residents": share.residents, "share": share.share, "places": share.places}
        for q, share in zip(found.quotas.quotas, found.shares, strict=True)
    ]
    result = {
        "size": options.size,
        "area": options.area,
        "areas": len(found.areas),
        "slack": options.slack,
        "quotas": rows,
        "input_sha256": sha256_hex(content),
    }
    return Told(f"{len(rows)} quotas for a panel of {options.size}.", result)


def invite(options: Typed) -> Told:
    """Which households to write to."""
    content = read_bytes(options.register)
    register = read_register(text_of(content, options.register), name=Path(options.register).name)
    response = dict(_share(text) for text in options.response)
    found = invite_households(register, options.letters, randomness=options.randomness, response=response)
    strata = {s: {"letters": letters, "households": homes} for s, (letters, homes) in found.per_stratum.items()}
    result = {
        "letters": options.letters,
        "randomness": options.randomness,
        "strata": strata,
        "households": list(found.households),
        "input_sha256": sha256_hex(content),
    }
    return Told(f"{len(found.households)} households in {len(strata)} strata.", result)


def _share(text: str) -> tuple[str, float]:
    stratum, _, share = text.rpartition("=")
    try:
        return stratum, float(share)
    except ValueError as error:
        raise MethodError("response_share", f"“{text}” is not STRATUM=SHARE, for example north=0.05.") from error
