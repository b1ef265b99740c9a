"""Makes the pictures of the documents: pages of the sample, as Chromium shows them.

python -m tests.support.pictures FOLDER
"""

import logging
import shutil
import sys
import tempfile
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from archive.home import Home
from scripts.serving.upkeep import add_sample
from webapp.app import create_app

PICTURES = {  # file → the page, and how much of it in pixels
    "front.png": ("/", 1280, 1000),
    "search.png": ("/search?q=завод", 1280, 1000),
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def make_pictures(home: Home, folder: Path) -> None:
    """Writes the pictures of a home's pages into a folder."""
    server = make_server("127.0.0.1", 0, create_app(home), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        for name, (url, width, height) in PICTURES.items():
            page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            page.goto(f"http://127.0.0.1:{server.port}{url}")
            page.screenshot(path=folder / name)
        chromium.close()
    server.shutdown()


def main() -> None:
    """The command."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        add_sample(home)
        make_pictures(home, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
