"""Numbers, sums of money, shares and dates in a text, as values that can be compared however they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.editions import MONTHS

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_ONES += " seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_ONES.split())}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
_WORDS |= {"dozen": 12, "hundred": 100, "thousand": 1_000}
_SHARES = {"half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4}
_TIMES = {"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "trebled": 3, "tripled": 3, "thrice": 3}
_SCALES = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3, "hundred": 1e2}
_MONTHS = {month.lower(): number for number, month in enumerate(MONTHS, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = rf"""(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\b\.?
    (?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|,\d|\s*%))?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"""
_RANGE = r"(?P<from>(?:19|20)\d\d)\s?[/–—-]\s?(?P<to>(?:19|20)?\d\d)\b"
_SLASHED = (
    r"(?P<sday>\d{1,2})[/.](?P<smonth>\d{1,2})[/.](?P<syear>(?:19|20)?\d\d)\b|(?P<omonth>\d\d)/(?P<oyear>20\d\d)\b"
)
_DIGITS = r"""(?P<money>£\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?:\s?(?P<after>%|per\s?cent(?:age)?\b|percent\b|million\b|billion\b|thousand\b|hundred\b|bn\b|m\b|k\b|st\b|nd\b|rd\b|th\b))?
    (?:\s(?P<pounds>pounds?\b))?"""
_SPELT = rf"\b(?P<tens>{'|'.join(_TENS.split())})[- ](?P<ones>{'|'.join(_ONES.split()[1:10])})\b"
_WORD = (
    rf"\b(?P<word>{'|'.join(sorted({**_WORDS, **_SHARES, **_TIMES}, key=len, reverse=True))})\b"
    r"(?:\s(?P<scale>hundred|thousand|million)\b)?(?:\s(?P<cent>per\s?cent\b))?"
)
FIGURE = re.compile(
    rf"{_SLASHED}|{_RANGE}|(?<![\w-])(?:{_DATE})(?!\w)|(?<![\w.])(?:{_DIGITS})(?!\w)|{_SPELT}|{_WORD}",
    re.I | re.X,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` in the unit's own measure: counts, pounds, per cent, a share of one, times; a date as (year, month, day).

    A part of a date that is not said is 0. `start` and `end` index the text.
    """

    unit: str  # "count", "money", "percent", "share", "times", "ordinal", "date"
    value: float
    date: tuple[int, int, int]
    start: int
    end: int

    def says(self, other: "Figure") -> bool:
        """Whether `other`, in a source, says this: the same value, or a date that is at least as exact."""
        if self.unit == "date" and other.unit == "date":
            return all(mine in (0, its) for mine, its in zip(self.date, other.date, strict=True))
        if {self.unit, other.unit} == {"percent", "share"}:
            mine, its = (f.value if f.unit == "percent" else 100 * f.value for f in (self, other))
            return abs(mine - its) < 0.5
        return self.unit == other.unit and abs(self.value - other.value) <= 1e-6 * max(1.0, abs(other.value))


def find_figures(text: str) -> list[Figure]:
    """All of them, in order. “May” and “march” are months only beside a day or a year, or as a capital inside."""
    return [figure for match in FIGURE.finditer(text) for figure in _read(match, text)]


def _read(match: re.Match[str], text: str) -> Iterator[Figure]:
    got, start, end = match.groupdict(), match.start(), match.end()
    if got["from"]:
        first = int(got["from"])
        last = int(got["to"]) if len(got["to"]) == 4 else first // 100 * 100 + int(got["to"])
        yield Figure("date", 0, (first, 0, 0), start, end)
        yield Figure("date", 0, (last, 0, 0), start, end)
    elif got["sday"]:
        year = int(got["syear"]) + (2000 if len(got["syear"]) == 2 else 0)
        yield Figure("date", 0, (year, int(got["smonth"]), int(got["sday"])), start, end)
    elif got["omonth"]:
        yield Figure("date", 0, (int(got["oyear"]), int(got["omonth"]), 0), start, end)
    elif got["month"]:
        day = int(got["day"] or got["day2"] or 0)
        if _is_month(got["month"], bool(day or got["year"])):
            date = (int(got["year"] or 0), _MONTHS[got["month"].lower()], day)
            yield Figure("date", 0, date, start, end)
    elif got["digits"]:
        yield _digits(got, start, end)
    elif got["tens"]:
        yield Figure("count", _WORDS[got["tens"].lower()] + _WORDS[got["ones"].lower()], (0, 0, 0), start, end)
    else:
        yield from _spelt(got, text, start, end)


def _is_month(name: str, dated: bool) -> bool:
    return dated or (name[0].isupper() and name.lower() not in ("may", "march", "mar", "sep", "dec", "jan"))


def _digits(got: dict[str, str | None], start: int, end: int) -> Figure:
    digits, after = got["digits"] or "", " ".join((got["after"] or "").lower().split())
    value = float(digits.replace(",", "")) * _SCALES.get(after, 1)
    if after.startswith("%") or "cent" in after:
        return Figure("percent", value, (0, 0, 0), start, end)
    if got["money"] or got["pounds"]:
        return Figure("money", value, (0, 0, 0), start, end)
    if after in ("st", "nd", "rd", "th"):
        return Figure("ordinal", value, (0, 0, 0), start, end)
    if re.fullmatch(r"(?:19|20)\d\d", digits) and not after:
        return Figure("date", 0, (int(digits), 0, 0), start, end)
    return Figure("count", value, (0, 0, 0), start, end)


def _spelt(got: dict[str, str | None], text: str, start: int, end: int) -> Iterator[Figure]:
    word, scale = (got["word"] or "").lower(), (got["scale"] or "").lower()
    if word in _SHARES:
        if word in ("third", "quarter") and not re.search(r"\b(?:an?|one)\s+$", text[:start], re.I):
            return
        many = re.search(r"\b(two|three)[- ]$", text[:start], re.I)
        yield Figure("share", _SHARES[word] * (_WORDS[many[1].lower()] if many else 1), (0, 0, 0), start, end)
    elif word in _TIMES:
        yield Figure("times", float(_TIMES[word]), (0, 0, 0), start, end)
    elif word != "one" or scale or got["cent"]:
        value = float(_WORDS[word]) * _SCALES.get(scale, 1)
        yield Figure("percent" if got["cent"] else "count", value, (0, 0, 0), start, end)
