"""Floor 4. Commands: they wire the floors together for archivists."""
