"""People with tasks: who has which, how one is invited, rests or ends; and accounts that are paused or end on request."""
