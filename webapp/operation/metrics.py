"""Gives Prometheus the figures of the site and the archive; only programs of this machine may read them.

Where several processes answer, each counts in files of its own in a folder that the environment names, and the one that
is asked adds them up.
"""

import ipaddress
import os
import time
from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from search.statistics import STATES, Holdings
from webapp.operation.processes import ServerProcesses

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each counter began says nothing here
metrics = Blueprint("metrics", __name__)
METRICS = "podshivka.metrics"
COUNTERS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus_client when it is imported
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
BUCKET_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Metrics:
    """The figures of one app."""

    def __init__(self, holdings: Holdings) -> None:
        self.registry = CollectorRegistry()
        own = self._of_processes(os.environ.get(COUNTERS_FOLDER))
        self._requests = Counter(
            "podshivka_requests",
            "Запросы по страницам, способам и ответам",
            ("endpoint", "method", "status"),
            registry=own,
        )
        self._seconds = Histogram(
            "podshivka_request_seconds",
            "Сколько длился ответ, в секундах",
            ("endpoint",),
            buckets=BUCKET_SECONDS,
            registry=own,
        )
        self.errors = Counter("podshivka_errors", "Непредвиденные ошибки", registry=own)
        self._holdings = holdings
        self._engine = {
            gauge.name: Gauge(gauge.name, gauge.says, registry=own, multiprocess_mode="livesum")
            for gauge in holdings.gauges()
        }
        self.registry.register(ArchiveCollector(holdings))
        PlatformCollector(registry=self.registry)

    def _of_processes(self, folder: str | None) -> CollectorRegistry:
        """Where this process counts, which is added to the others' where there are several."""
        if folder:
            MultiProcessCollector(self.registry, folder)  # type: ignore[no-untyped-call]
            self.registry.register(ServerProcesses(folder))
            return CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        return self.registry

    def answered(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Count an answer; whoever asks cannot add new names."""
        self._requests.labels(endpoint, method if method in METHODS else "other", str(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)
        for gauge in self._holdings.gauges():
            self._engine[gauge.name].set(gauge.value)


class ArchiveCollector(Collector):
    """The archive as it is when asked."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def describe(self) -> list[Metric]:
        """Nothing: the archive is not asked before somebody wants to know."""
        return []

    def collect(self) -> Iterator[Metric]:
        """State, articles, revisions, age of the index."""
        health = self._holdings.health()
        state = GaugeMetricFamily("podshivka_state", "Состояние архива: у нынешнего – 1", labels=("state",))
        for one in STATES:
            state.add_metric((one.replace(" ", "_"),), float(one == health.state))
        yield state
        age = time.time() - health.indexed_at.timestamp() if health.indexed_at else None
        for name, says, value in (
            ("podshivka_articles", "Статей в архиве", health.articles),
            ("podshivka_revision", "Правка архива", health.revision),
            ("podshivka_indexed_revision", "Правка архива, которую видит индекс", health.indexed),
            ("podshivka_index_age_seconds", "Сколько секунд назад обновлён индекс", age),
        ):
            if value is not None:
                yield GaugeMetricFamily(name, says, value=value)


def forget_process(number: int) -> None:
    """Takes what a dead process holds out of the figures; what it has counted stays."""
    mark_process_dead(number)  # type: ignore[no-untyped-call]


@metrics.get("/metrics")
def figures() -> Response:
    """The figures in the format of Prometheus; for other machines the page is not there."""
    if not from_here(request.remote_addr):
        abort(404)
    return Response(generate_latest(counted().registry), content_type=CONTENT_TYPE_LATEST)


def from_here(address: str | None) -> bool:
    """Whether a request comes from this machine.

    >>> from_here("::ffff:127.0.0.1"), from_here("10.0.0.7")
    (True, False)
    """
    if not address:
        return False
    found = ipaddress.ip_address(address)
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def counted() -> Metrics:
    """The figures of the app that handles the present request."""
    found = current_app.extensions[METRICS]
    assert isinstance(found, Metrics)
    return found
