"""commit, draw, verify: fix everything, let public randomness decide, check."""

import argparse
import json
import secrets
from importlib.resources import files
from pathlib import Path

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.chart import probabilities_svg
from mitstadt.methods.sortition.numbered import numbered_lottery
from mitstadt.methods.sortition.pool import Pool, read_pool
from mitstadt.methods.sortition.publication import UNNAMED, PublicDraw, canonical, publish, read_publication
from mitstadt.methods.sortition.publication import draw as draw_panel
from mitstadt.methods.sortition.quotas import Quotas, read_quotas
from mitstadt.methods.sortition.replacement import alternates
from mitstadt.methods.sortition.solution import solve as solve_draw
from mitstadt.methods.sortition.verifier import verify as verify_folder
from mitstadt.site.commandline.lottery.files import put_json, read_bytes, read_inputs, text_of, write_bytes
from mitstadt.site.commandline.lottery.solving import default_rounds


def commit(arguments: argparse.Namespace) -> int:
    """Solve, number the panels, and write the folder to publish."""
    inputs = read_inputs(arguments)
    folder = _new_folder(arguments.out)
    rounds = arguments.rounds or default_rounds(inputs, numbered=True)
    found = solve_draw(inputs.pool, inputs.quotas, inputs.size, objective=arguments.objective, rounds=rounds)
    lottery = numbered_lottery(found, arguments.panels)
    secret = arguments.secret or secrets.token_hex(32)
    source = arguments.source or UNNAMED
    verifier = files("mitstadt.methods.sortition").joinpath("verifier.py").read_bytes()
    public = publish(found, lottery, inputs.quotas, secret=secret.encode(), source=source, verifier=verifier)
    for name, content in public.files.items():
        write_bytes(folder / name, content)
    private = arguments.private or f"{folder}.private.json"
    write_bytes(private, canonical({"secret": secret, "pseudonyms": dict(public.pseudonyms)}))
    if arguments.svg:
        write_bytes(arguments.svg, probabilities_svg(found, lottery).encode())
    warnings = [] if arguments.source else ["Name the public randomness with --source before you publish."]
    result = {
        "commitment": public.commitment,
        "folder": str(folder),
        "files": sorted(public.files),
        "private": private,
        "source": source,
        "panels": len(lottery.panels),
        "objective": found.objective,
        "value": found.value,
        "upper_bound": found.upper_bound,
        "largest_deviation": lottery.largest_deviation,
        "lowest_probability": lottery.lowest,
        "warnings": warnings,
        "input_sha256": inputs.sha256,
    }
    told = [f"Publish {folder} and this line: {public.commitment}", f"Keep secret: {private}", *warnings]
    put_json(result, arguments.json, summary="\n".join(told))
    return 0


def _new_folder(name: str) -> Path:
    folder = Path(name.rstrip("/"))
    if (folder / "commitment.json").exists():
        sentence = f"{folder} holds a commitment already. A commitment is made once: name a new folder."
        raise MethodError("commitment_exists", sentence, folder=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MethodError("file_unwritable", f"{folder} cannot be made: {error.strerror}.") from error
    return folder


def published(folder: str) -> PublicDraw:
    """The commitment of a published folder."""
    return read_publication(read_bytes(Path(folder) / "commitment.json"), read_bytes(Path(folder) / "panels.json"))


def published_pool(folder: str) -> tuple[Pool, Quotas]:
    """Pool and quotas of a published folder, with pseudonyms."""
    quotas = read_quotas(text_of(read_bytes(Path(folder) / "quotas.csv"), "quotas.csv"), name="quotas.csv")
    pool = read_pool(text_of(read_bytes(Path(folder) / "pool.csv"), "pool.csv"), quotas, name="pool.csv")
    return pool, quotas


def ids_of(folder: str, private: str | None) -> dict[str, str]:
    """Pseudonym to id, where the private file is at hand."""
    path = Path(private or f"{folder.rstrip('/')}.private.json")
    if private is None and not path.exists():
        return {}
    try:
        names = json.loads(read_bytes(path))["pseudonyms"]
        return {str(pseudonym): str(person) for person, pseudonym in names.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MethodError("private_unreadable", f"{path} holds no pseudonyms.") from error


def draw(arguments: argparse.Namespace) -> int:
    """Enter the public randomness; a second draw from one commitment is refused."""
    drawn = draw_panel(published(arguments.folder), arguments.randomness)
    path = Path(arguments.folder) / "draw.json"
    content = canonical(drawn)
    if path.exists() and read_bytes(path) != content:
        sentence = f"{arguments.folder} was drawn already with other randomness. A draw happens once."
        raise MethodError("drawn_already", sentence, folder=arguments.folder)
    write_bytes(path, content)
    panel = [str(person) for person in json.loads(content)["panel"]]
    result = dict(drawn)
    if ids := ids_of(arguments.folder, arguments.private):
        result["ids"] = [ids.get(person, person) for person in panel]
    if arguments.alternates > 0:
        pool, quotas = published_pool(arguments.folder)
        reserve = alternates(pool, quotas, panel, seed=str(drawn["seed"]), count=arguments.alternates)
        result["alternates"] = [ids.get(person, person) for person in reserve]
    put_json(result, arguments.json, summary=f"Panel {drawn['number']} was drawn.")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Run the published verifier; exit 1 where something is wrong."""
    if not Path(arguments.folder).is_dir():
        raise MethodError("folder_missing", f"{arguments.folder} is no folder of a published draw.")
    problems, drawn = verify_folder(arguments.folder, arguments.commitment)
    result = {
        "confirmed": not problems,
        "problems": problems,
        "number": drawn["number"] if drawn else None,
        "panel": drawn["panel"] if drawn else None,
    }
    good = f"Confirmed: panel {result['number']} was drawn." if drawn else "Confirmed: the lottery; nothing drawn yet."
    put_json(result, arguments.json, summary="\n".join(problems[:20]) if problems else good)
    return 1 if problems else 0
