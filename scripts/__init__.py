"""Floor 4 holds the commands that wire the floors together for archivists."""
