"""``./mitstadt opinion map, polis, slate``: what a whole conversation looks like."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.drawing import draw_map
from mitstadt.methods.opinion.ids import plain_ids
from mitstadt.methods.opinion.models import fit_map
from mitstadt.methods.opinion.polis import polis_map
from mitstadt.methods.opinion.polis_json import polis_json
from mitstadt.methods.opinion.reading import Reading, read_map
from mitstadt.methods.opinion.result_json import map_json
from mitstadt.methods.opinion.slate import choose_slate
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.frame.files import write_file
from mitstadt.site.commandline.opinion.files import open_conversation, options_of, read_json

SHOWN = 5


def drawn(options: Typed) -> Told:
    """Positions, groups, consensus and what divides."""
    options.doing(_("1 von 3: Stimmen lesen"))
    conversation = open_conversation(Path(options.path))
    options.doing(_("2 von 3: Karte rechnen"))
    found = fit_map(conversation, options_of(options))
    options.doing(_("3 von 3: Gruppen suchen"))
    read = read_map(found, seed=options.seed)
    if options.svg:
        write_file(options.svg, draw_map(found, read.groups).encode())
    return Told(_map_lines(read), map_json(read) if options.json else None)


def _map_lines(read: Reading) -> Iterator[str]:
    conversation = read.map.conversation
    people, statements = conversation.votes.shape
    yield f"{people} people, {statements} statements, {conversation.votes.total} votes; model {read.map.model}"
    if read.groups.count:
        sizes = np.bincount(read.groups.labels[read.groups.labels >= 0], minlength=read.groups.count).tolist()
        yield f"{read.groups.count} groups of {', '.join(map(str, sizes))} people; the others are in none."
    else:
        yield "No stable groups of opinion."
    for title, ranking in (("Shared by all", read.consensus), ("Dividing", read.divisive)):
        yield f"\n{title}"
        for column in ranking.order()[:SHOWN]:
            name = conversation.votes.statements[column]
            interval = f"{ranking.value[column]:.2f} ({ranking.low[column]:.2f} to {ranking.high[column]:.2f})"
            yield f"  {interval}  {name}  {conversation.texts.get(name, '')[:80]}".rstrip()
    for cohort in read.suspicious:
        yield f"\nSuspicious: {len(cohort.rows)} people who vote alike beyond chance ({cohort.code})."


def polis(options: Typed) -> Told:
    """Polis' published mathematics in Polis' keys."""
    options.doing(_("1 von 2: Stimmen lesen"))
    conversation = open_conversation(Path(options.path))
    included = None
    if options.like:
        conversation, included = _like(conversation, read_json(Path(options.like)))
    options.doing(_("2 von 2: Karte rechnen"))
    result = polis_json(polis_map(conversation, included=included, exact_base=options.exact_base))
    return Told(f"{len(result['in-conv'])} people in {len(result['group-clusters'])} groups", result)


def _like(conversation: Conversation, published: Any) -> tuple[Conversation, list[Any]]:
    """Moderation and membership as in Polis' own result, to compare like with like."""
    if not isinstance(published, dict) or not {"mod-out", "meta-tids", "in-conv"} <= set(published):
        raise MethodError("not_polis", "The file for --like lacks one of the keys mod-out, meta-tids, in-conv.")
    names = conversation.votes.statements.tolist()
    rejected, meta = set(published["mod-out"]), set(published["meta-tids"])
    moderated = replace(
        conversation,
        rejected=np.array([one in rejected for one in names], bool),
        meta=np.array([one in meta for one in names], bool),
    )
    return moderated, list(published["in-conv"])


def slate(options: Typed) -> Told:
    """A few statements that represent everyone, with a certificate."""
    options.doing(_("1 von 2: Karte rechnen"))
    conversation = open_conversation(Path(options.path))
    fitted = fit_map(conversation, options_of(options))
    options.doing(_("2 von 2: Aussagen wählen"))
    found = choose_slate(fitted, options.size)
    names = plain_ids(conversation.votes.statements)
    chosen = [names[column] for column in found.columns]
    fair = "holds" if found.certificate.ejr_plus else "is violated"
    words = [
        *(f"{one}  {conversation.texts.get(one, '')[:100]}".rstrip() for one in chosen),
        f"On average {found.utility.mean():.2f} of {options.size} approved by each of {len(found.rows)} people.",
        f"Proportional representation (EJR+) {fair}; largest complaint {found.certificate.tightest_share:.2f} of 1.",
    ]
    utility = np.bincount(found.utility, minlength=options.size + 1).tolist()
    result = {"slate": chosen, "people_by_approved": utility, "certificate": vars(found.certificate)}
    return Told(words, {**result, "input_sha256": conversation.sha256})
