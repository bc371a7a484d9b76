"""Pabulib's ``.pb`` files: read, checked row by row, and written back without loss."""

from mitstadt.methods.budgeting.pabulib.document import PbDocument, write_pb, written_back
from mitstadt.methods.budgeting.pabulib.reading import read_pb

__all__ = ["PbDocument", "read_pb", "write_pb", "written_back"]
