"""What the browser adds to the service's own time, in headless Chromium: `python -m evals.page_time`.

A real service reads the starter documents. Each question is asked once on a fresh chat page and once of the API, each
first as often as the other. From Enter to the first citation painted is set against `timings_ms.total` of the API;
the largest contentful paint of `/`, with nothing cached, against fetching its HTML. The floors: Enter to a painted
word that the smallest request (`/health`) brought, and the paint of the sign-in page. Exit code 1 when evidence takes
more than 1.5 times the API's own time.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from evals.answer_time import questions
from evals.serving import service
from ingest.library import Library
from ingest.programme import CORPUS, load_programme
from ingest.settings import IngestSettings

TARGET = 1.5
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOADS = 10

# From the key's own time to the first message after the frame that shows a citation; null for a refusal
WATCH = """() => {
  const painted = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  });
  window.evidence = new Promise((resolve) => addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const seen = new MutationObserver(() => {
      const chip = document.querySelector(".chip");
      const ended = /complete|do not answer/.test(document.querySelector("#status").textContent);
      if (!chip?.checkVisibility() && !ended) return;
      seen.disconnect();
      painted((at) => resolve(chip ? at - event.timeStamp : null));
    });
    seen.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, { capture: true }));
}"""

BARE = """() => {
  window.evidence = new Promise((resolve) => addEventListener("keydown", async (event) => {
    document.body.textContent = (await (await fetch("/health")).text());
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - event.timeStamp);
      port2.postMessage(null);
    });
  }, { once: true }));
}"""

LARGEST = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""


@dataclass(slots=True)
class Times:
    """Milliseconds, one entry a question or a load."""

    own: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    evidence: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)
    paint: list[float] = field(default_factory=list)
    bare_paint: list[float] = field(default_factory=list)


def measure(url: str, asked: Sequence[str], browser: Any) -> Times:
    times = Times()
    with httpx.Client(base_url=url, timeout=60) as http:
        for _ in range(LOADS):
            times.fetched.append(_timed(lambda: http.get("/")))
            times.paint.append(_largest(browser, f"{url}/"))
            times.bare_paint.append(_largest(browser, f"{url}/sign-in"))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for number, question in enumerate(asked):
            if number % 2:
                shown = _evidence(page, url, question)
                own, whole = _own(http, question)
            else:
                own, whole = _own(http, question)
                shown = _evidence(page, url, question)
            if shown is not None:  # a refusal has no evidence to show
                times.own.append(own)
                times.whole.append(whole)
                times.evidence.append(shown)
            page.goto(f"{url}/sign-in")
            page.evaluate(BARE)
            times.bare.append(_after_enter(page))
    return times


def _own(http: httpx.Client, question: str) -> tuple[float, float]:
    """The service's own time for an answer, and with the way there and back."""
    answers: list[httpx.Response] = []
    whole = _timed(lambda: answers.append(http.post("/api/v1/ask", json={"question": question}).raise_for_status()))
    return float(answers[0].json()["timings_ms"]["total"]), whole


def _evidence(page: Any, url: str, question: str) -> float | None:
    page.goto(url, wait_until="networkidle")
    page.get_by_label("Your question").fill(question)
    page.evaluate(WATCH)
    shown: float | None = _after_enter(page)
    page.locator("#stop").wait_for(state="hidden")
    return shown


def _after_enter(page: Any) -> Any:
    page.keyboard.press("Enter")
    return page.evaluate("() => window.evidence")


def _largest(browser: Any, url: str) -> float:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        return float(page.evaluate(LARGEST))


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def report(times: Times, console: Console) -> int:
    table = Table("", "Median ms", "Ratio", title=f"{len(times.own)} questions with evidence, {LOADS} loads")
    own, fetched = median(times.own), median(times.fetched)
    rows = (
        ("the API's own time (timings_ms.total)", times.own, own),
        ("POST /ask, there and back", times.whole, own),
        ("Enter to first citation painted", times.evidence, own),
        ("floor: Enter to a word of /health painted", times.bare, own),
        ("GET /", times.fetched, fetched),
        ("largest contentful paint of /", times.paint, fetched),
        ("floor: that of /sign-in", times.bare_paint, fetched),
    )
    for name, found, base in rows:
        table.add_row(name, f"{median(found):.1f}", f"{median(found) / base:.2f}")
    console.print(table)
    ratio = median(times.evidence) / own
    above = (median(times.evidence) - median(times.bare)) / own
    console.print(
        f"Evidence after {ratio:.2f} times the API's own time, wanted {TARGET}; above the floor, {above:.2f}."
    )
    return 1 if ratio > TARGET else 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.page_time", description=__doc__)
    parser.add_argument("--questions", type=int, default=40)
    given = parser.parse_args(arguments)
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        raise SystemExit("This needs a browser and playwright: install Chromium, and `pip install .[dev]`.")
    with tempfile.TemporaryDirectory(prefix="assistant-evals-") as folder, sync_playwright() as playwright:
        data_dir = Path(folder) / "library"
        with Library.open(IngestSettings(data_dir=data_dir), load_programme()) as library:
            library.add(sorted(CORPUS.glob("*.pdf")))
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        with service(data_dir) as running:
            time.sleep(15)  # what the service does in the background after its start
            times = measure(running.url, questions(given.questions), browser)
        browser.close()
    return report(times, Console())


if __name__ == "__main__":
    sys.exit(main())
