"""How often: “once a year” is not proven by “twice a week”, though both are made of words that hardly count."""

import re

from assistant.writing.ground import Ground
from assistant.writing.words import Sentence

_COUNTS = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_PERIODS = {"dai": "day", "night": "night", "week": "week", "fortnight": "fortnight", "month": "month"} | {
    "quarter": "quarter", "year": "year", "annual": "year"
}  # fmt: skip
_PERIOD = r"(day|night|week|fortnight|month|quarter|year)"
_RATE = re.compile(
    rf"\b(?:(once|twice)|(\w+) times) (?:in )?(?:an?|per|each|every) {_PERIOD}\b"
    rf"|\b(?:every|each) {_PERIOD}\b|\b(dai|night|week|fortnight|month|quarter|year|annual)ly\b",
    re.I,
)


def check_rates(claim: Sentence, ground: Ground) -> str | None:
    """Why it happens more or less often than the proof says; None where it does not say how often."""
    said = rates_in(claim.text)
    proven = rates_in(f"{ground.lead} {ground.text}")
    missing = next((words for rate, words in said.items() if rate not in proven), None)
    return None if missing is None else f"the proof does not say “{missing}”"


def rates_in(text: str) -> dict[tuple[str, str], str]:
    """Times and period, with the words that say so: “weekly” is once a week."""
    found: dict[tuple[str, str], str] = {}
    for match in _RATE.finditer(text):
        word, times, period, each, adverb = (part.lower() if part else "" for part in match.groups())
        count = str(_COUNTS.get(word or times, times or 1))
        found[count, period or each or _PERIODS[adverb]] = match.group()
    return found
