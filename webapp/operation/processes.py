"""Adds up what the processes of one server take of the machine."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client import ProcessCollector
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

LIVE = "gauge_livesum_"  # begins the file of a process that has not died
NOT_ADDED = {"process_start_time_seconds": min, "process_max_fds": min}


class ServerProcesses(Collector):
    """Memory, processor time and open files of the processes that count in one folder; a page of memory that they share
    is counted in each."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def describe(self) -> list[Metric]:
        """Nothing: the processes are not asked before somebody wants to know."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures of ProcessCollector, of all processes."""
        found: dict[str, list[Metric]] = {}
        for file in self._folder.glob(f"{LIVE}*.db"):
            for metric in of_process(file.stem.removeprefix(LIVE)):
                found.setdefault(metric.name, []).append(metric)
        for metrics in found.values():
            values = [sample.value for metric in metrics for sample in metric.samples]
            sample = metrics[0].samples[0]
            metrics[0].samples = [sample._replace(value=NOT_ADDED.get(sample.name, sum)(values))]
            yield metrics[0]


def of_process(number: str) -> list[Metric]:
    """The figures of one process; none where it is gone."""
    return list(ProcessCollector(pid=lambda: number, registry=None).collect())
