"""The public log as everyone gets it: its file, line by line, and the proof of one act in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models import Max, Q, QuerySet

from mitstadt.methods.log import (
    Content,
    Header,
    InclusionProof,
    Node,
    PublicKey,
    exported_lines,
    inclusion_spans,
    nodes_of,
    path,
)
from mitstadt.methods.log import SignedHead as HeadText
from mitstadt.methods.log.tree import perfect_root
from mitstadt.spine.log import entry_of
from mitstadt.spine.models import Act, LogNode, SignedHead

_CHUNK = 2_000


def log_size() -> int:
    """How many acts there are; the index of the newest tells it without counting."""
    newest = Act.objects.aggregate(newest=Max("index"))["newest"]
    return 0 if newest is None else int(newest) + 1


def latest_head() -> SignedHead | None:
    """The newest signed head."""
    return SignedHead.objects.order_by("-size").first()


def log_lines(key: PublicKey, tables: Apps = installed) -> Iterator[bytes]:
    """The file that ``./mitstadt log verify`` takes: every act that the newest head covers, in constant memory.

    `tables` are the models of another version, before an upgrade.
    """
    covered = covered_size(tables)
    signed: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "SignedHead"))
    heads: Iterator[Any] = signed.filter(size__lte=covered).order_by("size").iterator(chunk_size=_CHUNK)
    rows: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "Act"))
    acts: Iterator[Any] = rows.filter(index__lt=covered).order_by("index").iterator(chunk_size=_CHUNK)
    lines = (entry_of(act).line() for act in acts)
    return exported_lines(Header(key.name, (key,)), lines, (HeadText.from_text(head.text) for head in heads))


def covered_size(tables: Apps = installed) -> int:
    """How many acts the newest head covers."""
    signed: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "SignedHead"))
    return signed.aggregate(size=Max("size"))["size"] or 0


def content_lines(tables: Apps = installed) -> Iterator[bytes]:
    """The contents beside the log, in its order; what was erased is not there. Holds personal data: never public."""
    rows: QuerySet[Any, Any] = (
        QuerySet(tables.get_model("spine", "ActContent"))
        .filter(act__lt=covered_size(tables))
        .select_related("act")
        .order_by("act_id")
    )
    for row in rows.iterator(chunk_size=_CHUNK):
        content = Content(row.act_id, row.act.ref or None, bytes.fromhex(row.salt), row.content)
        yield content.line() + b"\n"


def proof_of(act: Act, head: SignedHead) -> InclusionProof:
    """That the act stands in the log under this head: two queries, however long the log is."""
    spans = inclusion_spans(act.index, head.size)
    hashes = _hashes(nodes_of(spans))
    return InclusionProof(
        entry=entry_of(act).line(),
        index=act.index,
        path=path(spans, lambda level, position: hashes[level, position]),
        head=HeadText.from_text(head.text),
    )


def _hashes(nodes: Sequence[Node]) -> dict[Node, bytes]:
    kept = _kept([node for node in nodes if node[0] >= LogNode.LOWEST_LEVEL])
    return {**kept, **_from_acts([node for node in nodes if node not in kept])}


def _kept(nodes: Sequence[Node]) -> dict[Node, bytes]:
    if not nodes:
        return {}
    wanted = Q()
    for level, position in nodes:
        wanted |= Q(level=level, position=position)
    rows = LogNode.objects.filter(wanted).values_list("level", "position", "hash")
    return {(level, position): bytes.fromhex(text) for level, position, text in rows}


def _from_acts(nodes: Sequence[Node]) -> dict[Node, bytes]:
    """Nodes computed from the acts below them: at most 2 × 31, unless rows of kept nodes are lost."""
    if not nodes:
        return {}
    wanted = Q()
    for level, position in nodes:
        wanted |= Q(index__gte=position << level, index__lt=(position + 1) << level)
    leaves = {
        index: bytes.fromhex(text) for index, text in Act.objects.filter(wanted).values_list("index", "leaf_hash")
    }
    return {
        (level, position): perfect_root([leaves[i] for i in range(position << level, (position + 1) << level)])
        for level, position in nodes
    }
