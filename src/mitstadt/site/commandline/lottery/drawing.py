"""commit, draw, verify: fix everything, let public randomness decide, check."""

import json
import secrets
from importlib.resources import files
from pathlib import Path

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
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
from mitstadt.site.commandline.frame.files import write_file
from mitstadt.site.commandline.lottery.files import read_bytes, read_inputs, text_of
from mitstadt.site.commandline.lottery.solving import default_rounds


def commit(options: Typed) -> Told:
    """Solve, number the panels, and write the folder to publish."""
    options.doing(_("1 von 3: Tabellen lesen"))
    inputs = read_inputs(options)
    folder = _new_folder(options.out)
    rounds = options.rounds or default_rounds(inputs, numbered=True)
    options.doing(_("2 von 3: gerechte Wahrscheinlichkeiten suchen"))
    found = solve_draw(inputs.pool, inputs.quotas, inputs.size, objective=options.objective, rounds=rounds)
    options.doing(_("3 von 3: Gremien nummerieren"))
    lottery = numbered_lottery(found, options.panels)
    secret = options.secret or secrets.token_hex(32)
    source = options.source or UNNAMED
    verifier = files("mitstadt.methods.sortition").joinpath("verifier.py").read_bytes()
    public = publish(found, lottery, inputs.quotas, secret=secret.encode(), source=source, verifier=verifier)
    for name, content in public.files.items():
        write_file(folder / name, content)
    private = options.private or f"{folder}.private.json"
    write_file(private, canonical({"secret": secret, "pseudonyms": dict(public.pseudonyms)}))
    if options.svg:
        write_file(options.svg, probabilities_svg(found, lottery).encode())
    warnings = [] if options.source else ["Name the public randomness with --source before you publish."]
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
    return Told(told, result)


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


def draw(options: Typed) -> Told:
    """Enter the public randomness; a second draw from one commitment is refused."""
    drawn = draw_panel(published(options.folder), options.randomness)
    path = Path(options.folder) / "draw.json"
    content = canonical(drawn)
    if path.exists() and read_bytes(path) != content:
        sentence = f"{options.folder} was drawn already with other randomness. A draw happens once."
        raise MethodError("drawn_already", sentence, folder=options.folder)
    write_file(path, content)
    panel = [str(person) for person in json.loads(content)["panel"]]
    result = dict(drawn)
    ids = ids_of(options.folder, options.private)
    members = [ids.get(person, person) for person in panel]
    if ids:
        result["ids"] = members
    if options.alternates > 0:
        pool, quotas = published_pool(options.folder)
        reserve = alternates(pool, quotas, panel, seed=str(drawn["seed"]), count=options.alternates)
        result["alternates"] = [ids.get(person, person) for person in reserve]
    return Told([f"Panel {drawn['number']} was drawn:", ", ".join(members)], result)


def verify(options: Typed) -> Told:
    """Run the published verifier; exit 1 where something is wrong."""
    if not Path(options.folder).is_dir():
        raise MethodError("folder_missing", f"{options.folder} is no folder of a published draw.")
    options.doing(_("Ziehung nachrechnen"))
    problems, drawn = verify_folder(options.folder, options.commitment)
    result = {
        "confirmed": not problems,
        "problems": problems,
        "number": drawn["number"] if drawn else None,
        "panel": drawn["panel"] if drawn else None,
    }
    good = f"Confirmed: panel {result['number']} was drawn." if drawn else "Confirmed: the lottery; nothing drawn yet."
    return Told(problems[:20] if problems else good, result, code=1 if problems else 0)
