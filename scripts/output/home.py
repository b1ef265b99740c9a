"""Which home a command works on, said to whoever gave it."""

from archive.home import Home, default_home
from scripts.output import messages as telling


def tell_home(to_stderr: bool = False) -> Home:
    """The home a command works on, named to the user."""
    home = default_home()
    telling.started(str(home.path), beside_data=to_stderr)
    return home
