"""Work that leaves the request: declared once, kept in the database, run by `./mitstadt work`, never lost.

A task is written in the transaction of the change that asks for it, so that both happen or neither. A worker runs it,
tries again with growing pauses, and shows it to the operator when it gives up.
"""
