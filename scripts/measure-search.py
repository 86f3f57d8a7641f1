"""Measures the search on dossiers of many records: what the index weighs, and what a reader waits.

usage: python scripts/measure-search.py [RECORDS …]     with $SITE_BUILDER_CHROMIUM, or Debian's chromium

The records are made up, with words as frequent as in a language, 60 to a text. The page lies on a disk,
and the browser is slowed down six times, to be about as fast as a cheap phone.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from site_builder.plan.search_index import SearchIndex, search_index  # noqa: E402  # the path comes first
from tests.test_search import made_up  # noqa: E402

SCRIPTS = ("vendor/base-stemmer", "vendor/english-stemmer", "vendor/russian-stemmer", "spelling", "search")
SLOWER = 6
WAIT = """(query) => new Promise((done) => {
  const [field, told] = [document.querySelector('input'), document.getElementById('Told')];
  const start = performance.now();
  told.textContent = '';
  new MutationObserver((_, seen) => { seen.disconnect(); done(performance.now() - start); })
    .observe(told, {childList: true});
  field.value = query;
  field.form.requestSubmit();
})"""


def lay(folder: Path, index: SearchIndex) -> None:
    """Writes a page with the search, its scripts and its index."""
    scripts = ROOT / "themes/dossier/scripts"
    for name in SCRIPTS:
        target = folder / f"{name}.js"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((scripts / f"{name}.js").read_bytes())
    for address, content in index.files:
        (folder / address).parent.mkdir(exist_ok=True)
        (folder / address).write_bytes(content)
    tags = "".join(f'<script defer src="{name}.js"></script>' for name in SCRIPTS)
    (folder / "search.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8">{tags}'
        f'<form id="Search" data-index="{index.head}"><input></form>'
        '<p id="Told" data-found="{count}" data-some="{count}" data-none="none" data-failed="failed"></p>'
        '<ol id="Finds"></ol><button id="More"></button>',
        encoding="utf-8",
    )


def measured(tab: Page, count: int) -> str:
    """One row of the table."""
    entries = made_up(count)
    start = time.process_time()
    index = search_index(entries, "en")
    built = time.process_time() - start
    size = sum(len(content) for _, content in index.files)
    with tempfile.TemporaryDirectory() as folder:
        lay(Path(folder), index)
        loaded: list[str] = []
        tab.on("request", lambda request: loaded.append(request.url))
        tab.goto((Path(folder) / "search.html").as_uri())
        tab.wait_for_timeout(500)
        loaded.clear()
        word = entries[count // 2].name.split()[0]
        first = tab.evaluate(WAIT, word)
        read = sum((Path(folder) / "assets" / url.rsplit("/", 1)[-1]).stat().st_size for url in loaded)
        again = sorted(
            tab.evaluate(WAIT, query) for query in (word[:3], f"{word} october", "barito", "koten")
        )
    return (
        f"| {count:,} | {size / 1000:,.0f} KB | {len(index.files)} | {built:.2f} s "
        f"| {read / 1000:,.0f} KB | {first:.0f} ms | {again[0]:.0f} to {again[-1]:.0f} ms |"
    )


def main() -> None:
    """Prints the table."""
    counts = [int(word) for word in sys.argv[1:]] or [500, 5000]
    print("| records | index | files | made in | first query loads | and takes | later ones take |")
    print("|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        path = os.environ.get("SITE_BUILDER_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for count in counts:
            tab = browser.new_page()
            tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            print(measured(tab, count), flush=True)
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
