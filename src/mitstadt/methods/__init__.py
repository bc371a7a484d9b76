"""What Mitstadt computes: pure functions without web, database, clock, files or hidden randomness.

Each folder is one method. It takes plain data and returns frozen results with an explanation object; the web gives
the explanation its words. Nothing here imports anything else of Mitstadt.
"""
