"""Where a clerk enters slips, calls and words said at a stand: one form, by keyboard, in 30 seconds (Schalter)."""
