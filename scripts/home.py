"""Which home a command works on, said to whoever gave it."""

import click

from archive.home import Home, default_home


def tell_home(to_stderr: bool = False) -> Home:
    """The home a command works on, named to the user."""
    home = default_home()
    click.echo(f"Архив: {home.path}", err=to_stderr)
    return home
