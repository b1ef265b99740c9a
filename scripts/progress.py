"""How far a long command is: a bar on a terminal, else a line at the start and one a minute."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from tqdm import tqdm

LINE_EVERY = 60.0  # seconds


@contextmanager
def progress(what: str, unit: str = " статей") -> Iterator[Callable[..., None]]:
    """Yields `told(done, total=None)`; everything is written to stderr."""
    if sys.stderr.isatty():
        with tqdm(desc=what, unit=unit, dynamic_ncols=True, leave=False) as bar:

            def drawn(done: int, total: int | None = None) -> None:
                bar.total = total
                bar.update(done - bar.n)

            yield drawn
        return
    click.echo(f"{what}…", err=True)
    last = time.monotonic()

    def written(done: int, total: int | None = None) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY:
            last = time.monotonic()
            click.echo(f"{what}: {done}" + (f" из {total}" if total else ""), err=True)

    yield written
