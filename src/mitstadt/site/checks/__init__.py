"""The house's own checks: each returns its faults as sentences; no faults is a pass. `./mitstadt check` runs them."""
