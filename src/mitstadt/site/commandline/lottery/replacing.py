"""replace: somebody dropped out; who comes next, under the same quotas, by the lot that is fixed already."""

import json
from dataclasses import dataclass
from pathlib import Path

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.publication import canonical, seed_of
from mitstadt.methods.sortition.quotas import Quotas
from mitstadt.methods.sortition.replacement import Replacement, relaxed
from mitstadt.methods.sortition.replacement import replace as replace_people
from mitstadt.site.commandline.frame.files import write_file
from mitstadt.site.commandline.lottery.drawing import ids_of, published_pool
from mitstadt.site.commandline.lottery.files import read_bytes, read_inputs
from mitstadt.site.commandline.lottery.planning import conflict_json


@dataclass(frozen=True)
class _State:
    """The panel as it stands, and which step comes next."""

    pool: Pool
    quotas: Quotas
    panel: list[str]
    seed: str
    step: int
    left: list[str]
    ids: dict[str, str]
    folder: Path | None


def replace(options: Typed) -> Told:
    """Replace the drop-outs; exit 1 where nobody fits."""
    options.doing(_("Ersatz suchen"))
    state = _published(options) if _is_published(options) else _loose(options)
    pseudonym = {person: name for name, person in state.ids.items()}
    dropped = [pseudonym.get(p, p) for group in options.dropped for item in group for p in item.split(",") if p]
    refused = [pseudonym.get(p, p) for p in options.unavailable]
    away = [*state.left, *refused]
    quotas, changed = state.quotas, []
    found = _replace(state, quotas, dropped, away)
    if found.replacements is None and found.conflict is not None and found.conflict.changes and options.relax:
        quotas = relaxed(state.quotas, found.conflict.changes)
        moved = {(c.category, c.feature) for c in found.conflict.changes}
        changed = [[q.category, q.feature, q.minimum, q.maximum] for q in quotas.quotas if q.key in moved]
        found = _replace(state, quotas, dropped, away)
    result = _json(state, found, dropped, changed)
    if found.replacements is None:
        return Told("Nobody fits. " + " ".join(map(str, _told(found, len(dropped)))), result, code=1)
    if state.folder is not None:
        record = {
            "step": state.step, "seed": state.seed, "dropped": dropped, "unavailable": refused, "relaxed": changed,
            "replacements": list(found.replacements), "panel": list(found.panel),
        }  # fmt: skip
        write_file(state.folder / f"replacement-{state.step}.json", canonical(record))
    names = ", ".join(state.ids.get(p, p) for p in found.replacements)
    return Told(f"Next by lot: {names}.", result)


def _replace(state: _State, quotas: Quotas, dropped: list[str], away: list[str]) -> Replacement:
    return replace_people(state.pool, quotas, state.panel, dropped, seed=state.seed, step=state.step, unavailable=away)


def _told(found: Replacement, places: int) -> tuple[str, ...]:
    return found.conflict.sentences(places) if found.conflict else ()


def _json(state: _State, found: Replacement, dropped: list[str], changed: list[list[object]]) -> dict[str, object]:
    def names(people: tuple[str, ...] | list[str]) -> list[str]:
        return [state.ids.get(person, person) for person in people]

    result: dict[str, object] = {
        "step": state.step,
        "dropped": names(dropped),
        "replacements": names(found.replacements) if found.replacements is not None else None,
        "panel": names(found.panel),
        "candidates": found.candidates,
        "fitting": found.fitting or None,
        "relaxed": changed,
        "feasible": found.replacements is not None,
    }
    if found.conflict is not None:
        result |= conflict_json(found.conflict, len(dropped))
    return result


def _is_published(options: Typed) -> bool:
    return len(options.inputs) == 1 and (Path(options.inputs[0]) / "commitment.json").exists()


def _published(options: Typed) -> _State:
    folder = Path(options.inputs[0])
    path = folder / "draw.json"
    if not path.exists():
        raise MethodError("not_drawn", f"{folder} has not been drawn yet: run ./mitstadt lottery draw first.")
    drawn = _json_of(path)
    panel, step, left = list(map(str, drawn["panel"])), 1, list[str]()
    while (folder / f"replacement-{step}.json").exists():
        record = _json_of(folder / f"replacement-{step}.json")
        panel = list(map(str, record["panel"]))
        left += [*map(str, record["dropped"]), *map(str, record["unavailable"])]
        step += 1
    pool, quotas = published_pool(str(folder))
    ids = ids_of(str(folder), options.private)
    return _State(pool, quotas, panel, str(drawn["seed"]), step, left, ids, folder)


def _json_of(path: Path) -> dict[str, list[str]]:
    try:
        content = json.loads(read_bytes(path))
        return {"dropped": [], "unavailable": [], **content, "panel": content["panel"], "seed": content["seed"]}
    except (ValueError, KeyError, TypeError) as error:
        raise MethodError("draw_unreadable", f"{path} is no record of a draw.", path=str(path)) from error


def _loose(options: Typed) -> _State:
    """Without a published folder: quotas, pool, the panel as a JSON list and the lot as a text."""
    if options.panel is None:
        raise MethodError("panel_missing", "Name the folder of a draw, or the two tables and --panel FILE.")
    try:
        listed = json.loads(read_bytes(options.panel))
        panel = [str(person) for person in (listed["panel"] if isinstance(listed, dict) else listed)]
    except (ValueError, KeyError, TypeError) as error:
        raise MethodError("panel_unreadable", f"{options.panel} is no JSON list of ids.") from error
    if not options.randomness:
        raise MethodError("randomness_blank", "Say by which lot to replace: --randomness TEXT.")
    options.size = options.size or len(panel)
    inputs = read_inputs(options)
    seed = seed_of(inputs.sha256, options.randomness)
    return _State(inputs.pool, inputs.quotas, panel, seed, 1, [], {}, None)
