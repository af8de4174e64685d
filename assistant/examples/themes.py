"""The themes that an example speaks of: words from the programme's data, found as they stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.programme import Programme


@dataclass(frozen=True, slots=True)
class Themes:
    """`names` by id, in the programme's order."""

    names: Mapping[str, str]
    _patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, programme: Programme) -> "Themes":
        rows = programme.raw.get("themes", [])
        patterns = {row["id"]: _pattern(row["words"]) for row in rows}
        return cls({row["id"]: row["name"] for row in rows}, patterns)

    def find(self, text: str, heading: str) -> tuple[str, ...]:
        """Those whose words stand in the text; only where there are none, those of the heading above it."""
        for said in (text, heading):
            if found := tuple(theme for theme, pattern in self._patterns.items() if pattern.search(said)):
                return found
        return ()


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Any of them as whole words, a `*` standing for the rest of one; acronyms only in capitals."""
    parts = [_loose(word) for word in words if word.strip("* ")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else re.compile(r"(?!)")


def _loose(word: str) -> str:
    escaped = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return escaped if word.isupper() else f"(?i:{escaped})"
