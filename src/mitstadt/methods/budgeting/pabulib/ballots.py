"""Read the ballots of a ``.pb`` file, some thousands of rows at a time."""

from collections.abc import Mapping, Sequence

from mitstadt.methods.budgeting.election import Ballots, IntArray, Project, Trait
from mitstadt.methods.budgeting.pabulib.choices import ChoiceReader
from mitstadt.methods.budgeting.pabulib.complaints import fail
from mitstadt.methods.budgeting.pabulib.rows import Rows, header_of
from mitstadt.methods.budgeting.pabulib.traits import TRAIT_COLUMNS, TraitReader

KINDS = {
    "approval": "approval",
    "choose-1": "choose-1",
    "ordinal": "ordinal",
    "cumulative": "cumulative",
    "scoring": "scoring",
    "knapsack": "approval",
}


class BallotReader:
    """Turns the rows after VOTES into `Ballots` and what is known about voters.

    Parameters
    ----------
    rows : Rows
        Standing on the line VOTES.
    kind : str
        The file's ``vote_type``.
    kind_row : int
        Its row, for the complaint.
    projects : sequence of Project
    meta : mapping of str to str
    most : int
        Largest number of ballots to read.
    """

    def __init__(
        self,
        rows: Rows,
        *,
        kind: str,
        kind_row: int,
        projects: Sequence[Project],
        meta: Mapping[str, str],
        most: int,
    ) -> None:
        if kind not in KINDS:
            known = ", ".join(KINDS)
            fail("ballot_kind_unknown", kind_row, f"vote_type is “{kind}”; known are {known}.")
        self.rows = rows
        self.kind = KINDS[kind]
        self.most = most
        self.meta = meta
        self.choices = ChoiceReader({project.id: position for position, project in enumerate(projects)})
        self.voters: set[str] = set()

    def read(self) -> tuple[Ballots, dict[str, Trait]]:
        """All ballots and the traits of voters.

        Returns
        -------
        Ballots, dict of str to Trait
        """
        header = header_of(self.rows, "VOTES", needed=("voter_id", "vote"))
        traits = {name: TraitReader(name) for name in TRAIT_COLUMNS if name in header}
        pointed = "points" in header and self.kind in {"cumulative", "scoring"}
        for table in self.rows.tables(len(header)):
            cells = dict(zip(header, table.columns, strict=True))
            self._check_voters(cells["voter_id"], table.rows)
            self.choices.take(cells["vote"], cells["points"] if pointed else None, table.rows)
            for name, trait in traits.items():
                trait.take(cells[name])
        self.voters.clear()
        return self.choices.ballots(places=self._places()), {name: reader.trait() for name, reader in traits.items()}

    def _check_voters(self, names: Sequence[str], rows: IntArray) -> None:
        if len(self.voters) + len(names) > self.most:
            row = int(rows[self.most - len(self.voters)])
            fail("too_many_ballots", row, f"more than {self.most} ballots; is this the right file?")
        fresh = set(names)
        if len(fresh) < len(names) or not self.voters.isdisjoint(fresh):
            self._complain_of_twice(names, rows)
        self.voters |= fresh

    def _complain_of_twice(self, names: Sequence[str], rows: IntArray) -> None:
        for name, row in zip(names, rows.tolist(), strict=True):
            if name in self.voters:
                fail("voter_twice", row, f"voter “{name[:40]}” has a ballot further up already.")
            self.voters.add(name)

    def _places(self) -> int | None:
        """How many projects a ranking may name; None for other ballots."""
        if self.kind != "ordinal":
            return None
        told = self.meta.get("max_length", "").strip()
        return int(told) if told.isdigit() and len(told) < 7 else 0
