"""The lock of a home: one writer, told by name; the dead hold nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.disk.lock import Locked, writing

HOLD = """
import sys, time
from pathlib import Path
from archive.disk.lock import writing
with writing(Path(sys.argv[1]), "podshivka add партия"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_is_first_and_a_dead_one_is_forgotten(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=rf"podshivka add партия \(процесс {holder.pid}"), writing(tmp_path, "другая"):
            pass
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.communicate()
    with writing(tmp_path, "третья"):
        assert "третья" in (tmp_path / "lock").read_text()
    with writing(tmp_path, "четвёртая"):
        pass
