"""Measures what requests cost that are made to cost much, beside an ordinary page.

    python -m benchmarks.attacks HOME [--size 500] [--repeat 3]

Asks each pattern of the table at a size and at twice that size, an ordinary page of results in turn with it, and prints
the processor's milliseconds of each, how many ordinary pages that is, how it grows, the status and the bytes sent. The
application is called without a network. tests/end_to_end/test_attacks.py asks the same table for its bounds.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
from pathlib import Path
from urllib.parse import quote

from archive.home import Home
from benchmarks.attacks.patterns import ATTACKS, Answer, Attack, asked
from webapp.app import create_app

ON_A_PAGE = 20  # articles
ORDINARY = "/search?q=" + quote("завод") + f"&size={ON_A_PAGE}"
MOST_TIMES = 40  # ordinary pages that an attack may cost


def cost(answer: Answer) -> float:
    """The processor's seconds; of a stream those for as many articles as stand on an ordinary page: it gives all that
    is found, and of one process there is one at a time."""
    return answer.seconds / max(1, answer.lines / ON_A_PAGE)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--size", type=int, default=500, help="characters")
    parser.add_argument("--repeat", type=int, default=3, help="times that each is asked; the median counts")
    options = parser.parse_args()
    app = create_app(Home(options.home.resolve()))
    ordinary = Attack("an ordinary page", lambda size: ORDINARY)
    asked(app, ordinary, 0)
    worst = 0.0
    print(f"{'':36}{'n':>9}{'2n':>9} ms{'pages':>7}{'growth':>8}{'status':>8}{'bytes':>10}")
    for attack in ATTACKS:
        runs = [
            (asked(app, ordinary, 0), asked(app, attack, options.size), asked(app, attack, 2 * options.size))
            for _ in range(options.repeat)
        ]
        page, one, two = (sorted(map(cost, some))[options.repeat // 2] for some in zip(*runs, strict=True))
        last = runs[-1][2]
        worst = max(worst, two / page, one / page)
        print(
            f"{attack.name[:35]:36}{1000 * one:9.1f}{1000 * two:9.1f}   {max(one, two) / page:7.1f}"
            f"{two / max(one, 0.001):8.1f}{last.status:8}{last.size:10}",
            flush=True,
        )
    print(f"{len(ATTACKS)} patterns; the dearest costs {worst:.1f} ordinary pages, at most {MOST_TIMES} are allowed")


if __name__ == "__main__":
    main()
