"""What is counted while the city works. Names of pages and tasks, never an address that somebody called."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

REQUESTS = Counter("mitstadt_requests", "Answers, by page, method and kind of status", ["page", "method", "status"])
SECONDS = Histogram(
    "mitstadt_request_seconds",
    "How long an answer took",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
TASKS = Counter("mitstadt_tasks", "Attempts at tasks, by task and outcome", ["task", "outcome"])
