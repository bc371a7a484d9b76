"""The public log: who did what to which record, in an order and form that nobody can change afterwards unseen.

Entries are leaves of a Merkle tree (RFC 6962); its signed heads are published. An exported log is verified without the
platform that wrote it. See docs/methods/log.md.
"""

from mitstadt.methods.log.entries import SALT_BYTES, Entry, content_hash, read_utc, utc_text
from mitstadt.methods.log.exported import (
    LONGEST_CONTENT,
    LONGEST_LINE,
    Content,
    Header,
    bounded_lines,
    exported_lines,
    head_line,
)
from mitstadt.methods.log.findings import Fault, Verification
from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.heads import PublicKey, SignedHead, TreeHead, public_key, sign_head, signature_holds
from mitstadt.methods.log.proofs import InclusionProof, prove_inclusion
from mitstadt.methods.log.tree import (
    Node,
    NodeHash,
    Span,
    consistency_holds,
    consistency_spans,
    inclusion_holds,
    inclusion_spans,
    leaf_hash,
    leaf_nodes,
    nodes_of,
    path,
    tree_root,
)
from mitstadt.methods.log.verify import verify_log
from mitstadt.methods.shared.hashing import Json

__all__ = [
    "LONGEST_CONTENT",
    "LONGEST_LINE",
    "SALT_BYTES",
    "Content",
    "Entry",
    "Fault",
    "Frontier",
    "Header",
    "InclusionProof",
    "Json",
    "Node",
    "NodeHash",
    "PublicKey",
    "SignedHead",
    "Span",
    "TreeHead",
    "Verification",
    "bounded_lines",
    "consistency_holds",
    "consistency_spans",
    "content_hash",
    "exported_lines",
    "head_line",
    "inclusion_holds",
    "inclusion_spans",
    "leaf_hash",
    "leaf_nodes",
    "nodes_of",
    "path",
    "prove_inclusion",
    "public_key",
    "read_utc",
    "sign_head",
    "signature_holds",
    "tree_root",
    "utc_text",
    "verify_log",
]
