"""Gets axe-core, which finds what keeps readers with other senses out of a page, from the npm registry."""

import shutil
import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

AXE = "axe-core-4.14.1"


@cache
def axe_source() -> str | None:
    """The script, fetched once into the environment of the tests; None where there is no npm to fetch it by."""
    script = Path(sys.prefix) / "share" / f"{AXE}.js"
    if not script.exists():
        npm = shutil.which("npm")
        if not npm:
            return None
        with TemporaryDirectory(dir=sys.prefix) as folder:
            subprocess.run([npm, "pack", "--silent", "@".join(AXE.rsplit("-", 1))], cwd=folder, check=True, timeout=120)
            with tarfile.open(Path(folder) / f"{AXE}.tgz") as packed:
                packed.extract("package/axe.min.js", folder, filter="data")
            script.parent.mkdir(exist_ok=True)
            (Path(folder) / "package" / "axe.min.js").replace(script)
    return script.read_text(encoding="utf-8")


def violations(page: Page, source: str) -> list[str]:
    """What is amiss on the page that stands open: how grave, the rule, what it says, where."""
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['impact']} {one['id']}: {one['help']} – {node['target']} {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
