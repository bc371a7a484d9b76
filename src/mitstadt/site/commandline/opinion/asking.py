"""``./mitstadt opinion score, suspicious, next, estimate``: models held against votes, and whom to ask what."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.estimates import Estimate, estimates, read_draws
from mitstadt.methods.opinion.groups import find_groups
from mitstadt.methods.opinion.ids import plain_ids
from mitstadt.methods.opinion.influence import influence_of_groups, influence_of_people
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.models import fit_map
from mitstadt.methods.opinion.result_json import cohort_json, estimate_json, influence_json
from mitstadt.methods.opinion.routing import next_statements
from mitstadt.methods.opinion.scoring import Score, score
from mitstadt.methods.opinion.suspicion import suspicious
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import sha256_hex
from mitstadt.site.commandline.opinion.files import append_text, open_conversation, options_of, read_lines


def scored(options: Typed) -> Told:
    """How well each model and baseline predicts hidden votes."""
    options.doing(_("verborgene Stimmen mit jedem Modell vorhersagen"))
    rows = score(open_conversation(Path(options.path)), options.share, options.seed)
    width = max(len(row.name) for row in rows)
    words = [
        f"{rows[0].votes} hidden agreements and disagreements, share {options.share}, seed {options.seed}",
        f"{'':8}  {'':{width}}  log-loss     AUC",
        *(_score_line(row, width) for row in rows),
    ]
    return Told(words, {"share": options.share, "seed": options.seed, "scores": [_score_json(row) for row in rows]})


def _score_json(row: Score) -> dict[str, Any]:
    """A score as JSON knows numbers: null where hidden votes are all alike and there is no AUC."""
    return {key: None if value != value else value for key, value in vars(row).items()}


def _score_line(row: Score, width: int) -> str:
    return f"{row.kind:8}  {row.name:{width}}  {row.log_loss:8.4f}  {row.auc:6.4f}"


def watched(options: Typed) -> Told:
    """Cohorts that vote alike, and what differs without them or without chosen people."""
    options.doing(_("1 von 3: Karte rechnen"))
    conversation = open_conversation(Path(options.path))
    asked = [_row_of(conversation, one) for one in read_lines(Path(options.people))] if options.people else []
    found = fit_map(conversation, options_of(options))
    options.doing(_("2 von 3: Auffälliges suchen"))
    persons, statements = plain_ids(conversation.votes.persons), plain_ids(conversation.votes.statements)
    report: dict[str, Any] = {
        "input_sha256": conversation.sha256,
        "suspicious": [cohort_json(one, persons, statements) for one in suspicious(found)],
    }
    options.doing(_("3 von 3: rechnen, was ohne sie anders wäre"))
    report["groups"] = _groups_influence(found, options.seed, statements)
    if asked:
        influence = influence_json(influence_of_people(found, asked), statements)
        report["people"] = {"persons": [persons[row] for row in asked], **influence}
    return Told(_watched_lines(report), report)


def _watched_lines(report: dict[str, Any]) -> Iterator[str]:
    if not report["suspicious"]:
        yield "Nobody votes alike beyond chance."
    for cohort in report["suspicious"]:
        yield f"Suspicious ({cohort['code']}): {len(cohort['persons'])} people who vote alike beyond chance."
    for group in report["groups"]:
        yield f"Group {group['group']} of {group['size']} people: influence {group['influence']:.3f}"
    if people := report.get("people"):
        yield f"Without the {len(people['persons'])} people named: influence {people['influence']:.3f}"


def _groups_influence(found: OpinionMap, seed: int, statements: list[Any]) -> list[dict[str, Any]]:
    """What each group of opinion changes in the product over groups; empty where there are no groups."""
    groups = find_groups(found, seed=seed)
    sizes = np.bincount(groups.labels[groups.labels >= 0], minlength=groups.count).tolist()
    influences = influence_of_groups(found, groups.labels)
    return [
        {"group": number, "size": sizes[number], **influence_json(one, statements)}
        for number, one in enumerate(influences)
    ]


def asked(options: Typed) -> Told:
    """Which statement a person should see next, with its probability."""
    options.doing(_("1 von 2: Karte rechnen"))
    conversation = open_conversation(Path(options.path))
    row = None if options.person is None else _row_of(conversation, options.person)
    seed = int(sha256_hex(f"{options.seed} {options.person}".encode()), 16)
    found = fit_map(conversation, options_of(options))
    options.doing(_("2 von 2: Aussagen ziehen"))
    draws = next_statements(found, row, rng=np.random.default_rng(seed), n=options.n, explore=options.explore)
    names = plain_ids(conversation.votes.statements)
    result = {
        "person": options.person,
        "next": [{"statement": names[draw.column], "probability": draw.probability} for draw in draws],
        "explore": options.explore,
        "seed": options.seed,
        "input_sha256": conversation.sha256,
    }
    if options.log:
        append_text(Path(options.log), json.dumps(result, ensure_ascii=False) + "\n")
    words = [
        f"{draw.probability:.3f}  {names[draw.column]}  {conversation.texts.get(names[draw.column], '')[:80]}".rstrip()
        for draw in draws
    ]
    return Told(words, result)


def weighed(options: Typed) -> Told:
    """Agreement as if everybody had been asked, from logged draws."""
    conversation = open_conversation(Path(options.path))
    names = plain_ids(conversation.votes.statements)
    found = estimates(conversation.votes, read_draws(read_lines(Path(options.log))))
    rows = [{"statement": names[one.column], **estimate_json(one)} for one in found]
    words = list(_estimate_lines(conversation, found)) if found else [_NOTHING_YET]
    return Told(words, {"input_sha256": conversation.sha256, "estimates": rows})


_NOTHING_YET = "None of the drawn statements has an answer yet, so there is nothing to estimate."


def _estimate_lines(conversation: Conversation, found: list[Estimate]) -> Iterator[str]:
    yield "agreement (90 % interval), answers as they are, answered of drawn, statement"
    for one in found:
        share, name = one.weighted, conversation.votes.statements[one.column]
        counts = f"{one.plain:.2f}  {one.answered} of {one.drawn}"
        text = conversation.texts.get(name, "")[:80]
        yield f"  {share.value:.2f} ({share.low:.2f} to {share.high:.2f})  {counts}  {name}  {text}".rstrip()


def _row_of(conversation: Conversation, person: str) -> int:
    """The row of a person as typed; ids that are whole numbers and texts look alike here."""
    known = {str(one): row for row, one in enumerate(plain_ids(conversation.votes.persons))}
    if person not in known:
        sentence = f"There is no person “{person}” in these votes. Leave --person out for somebody new."
        raise MethodError("person_unknown", sentence, person=person)
    return known[person]
