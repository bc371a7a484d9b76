"""The page with the figures: for addresses and tokens that the operator named, and for nobody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from mitstadt.ground import clock
from mitstadt.ground.tasks import operating
from mitstadt.methods.log.frontier import Frontier
from mitstadt.spine.models import LogState


def metrics(request: HttpRequest) -> HttpResponse:
    """All figures of this host, and those of the city from the database."""
    if not may_read(request):
        return HttpResponse("Diese Zahlen sind nicht für Sie.\n", content_type="text/plain; charset=utf-8", status=403)
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """By the token, or by an address that asks directly: behind a proxy everyone has the address of the proxy."""
    _scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        return True
    is_direct = not {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers)
    return is_direct and _is_named(str(request.META.get("REMOTE_ADDR", "")))


def _is_named(address: str) -> bool:
    try:
        asking = ip_address(address)
    except ValueError:
        return False
    return any(asking in network for network in settings.METRICS_FROM)


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it registers itself
    else:
        registry.register(REGISTRY)
    registry.register(_City())
    return registry


class _City(Collector):
    """What the database knows, the same on every host."""

    def collect(self) -> Iterator[Metric]:
        """How background work stands, and how long the log is."""
        now = clock.now()
        stands = operating.state(now=now)
        waited = (now - stands.oldest_due).total_seconds() if stands.oldest_due else 0.0
        log = LogState.objects.filter(pk=1).first()
        yield _gauge("mitstadt_tasks_due", "Tasks that wait for a worker", stands.due)
        yield _gauge("mitstadt_tasks_later", "Tasks that wait for their time", stands.later)
        yield _gauge("mitstadt_tasks_running", "Tasks at work", stands.running)
        yield _gauge("mitstadt_tasks_dead", "Tasks that were given up", stands.dead)
        yield _gauge("mitstadt_tasks_oldest_due_seconds", "How long the oldest due task waits", waited)
        yield _gauge("mitstadt_workers", "Workers that give signs of life", stands.workers)
        yield _gauge("mitstadt_log_acts", "Acts in the public log", Frontier.from_json(log.frontier).size if log else 0)


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)
