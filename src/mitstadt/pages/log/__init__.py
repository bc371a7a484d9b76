"""The public log as pages: what it is, its signed head, its acts, and the proof of each."""
