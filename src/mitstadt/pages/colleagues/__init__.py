"""People with tasks: who has which, how they are invited, rest or end; accounts that are paused or end on request."""
