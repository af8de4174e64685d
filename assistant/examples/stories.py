"""Stories: a few sentences that tell of one family, young person or worker, and of what happened, in time."""

import re
from collections.abc import Iterator, Sequence

from assistant.examples.stretch import Example, ExampleKind, Stretch
from assistant.unit import Unit, UnitKind

LEAST = 2  # sentences
LEAST_WORDS, MOST_WORDS = 35, 280
_ONE = re.compile(
    r"\b(?:[Aa]|[Oo]ne|[Tt]he|[Tt]his|[Hh]er|[Hh]is) (?:(?:young|single|teenage|new|same|\d+-year-old|of our|of the) )*"
    r"(?:mother|father|mum|dad|parent|grandmother|grandfather|son|daughter|boy|girl|baby|sibling|brother|sister|"
    r"young person|"
    r"young man|young woman|teenager|couple|family)\b|\b(?:she|he)\b"
)
_PERSON = re.compile(r"\b(?:she|he|her|his|him|herself|himself)\b", re.I)
_TIME = re.compile(
    r"\b(?:when|after|before|then|later|until|while|since|now|eventually|at first|initially|previously|following|"
    r"once|aged?|years? (?:ago|old|later|without)|months?|weeks?|days?|during|first)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|had|went|came|felt|took|left|began|told|said|got|gave|made|became|found|lost|met|moved|lived|"
    r"grew|brought|kept|knew|wanted|needed|started|returned|stayed|helped|supported|worked|struggled|experienced|asked|"
    r"decided|agreed|learned|learnt|spent|built|thought|saw|ran|broke|did|could|[a-z]{3,}ed)\b"
)
_TALE = re.compile(r"\b(?:stor(?:y|ies)|case stud(?:y|ies)|case examples?|journey)\b", re.I)
_MARKS = re.compile(r"[“\"]")
_SPOKEN = re.compile(r"[“\"][^“”\"]*[”\"]")
_RULE = re.compile(r"\b(?:should|must|may|can|could|might|would|will)\b")


def stories(group: Sequence[Stretch]) -> Iterator[Example]:
    """`group` are the blocks under one heading of one page; a story is a run of their sentences."""
    hero = _hero(group[0]) if group else None
    run: list[tuple[Stretch, Unit]] = []
    for stretch in group:
        for placed in stretch.placed:
            unit = placed.unit
            if run and unit.block - run[-1][1].block > 2:
                yield from _story(run, hero)
                run = []
            if _tells(unit, hero) or (run and _goes_on(unit, hero)):
                run.append((stretch, unit))
            else:
                yield from _story(run, hero)
                run = []
    yield from _story(run, hero)


def _hero(stretch: Stretch) -> re.Pattern[str] | None:
    """Whose story the article is, where its title says so: «Anna and Ben's Story»."""
    title = f"{stretch.article.title if stretch.article else ''} {stretch.first.heading}"
    if not _TALE.search(title):
        return None
    names = re.findall(r"\b[A-Z][a-z]+(?=[’']s?\b| (?:&|and) [A-Z])", title)
    return re.compile(r"\b(?:" + "|".join([*map(re.escape, names), "she", "he", "her", "his"]) + r")\b", re.I)


def _tells(unit: Unit, hero: re.Pattern[str] | None) -> bool:
    """What happened to somebody, or what somebody did."""
    said = _MARKS.split(unit.text)[0] if unit.kind is UnitKind.SENTENCE else ""
    known = bool(_ONE.search(said)) if hero is None else bool(hero.search(said))
    return known and bool(_PAST.search(said)) and not _general(said)


def _goes_on(unit: Unit, hero: re.Pattern[str] | None) -> bool:
    """Words of the person whose story it is, or one more sentence on somebody."""
    if unit.text.startswith("*"):  # a note under the text, on changed names
        return False
    if unit.kind is UnitKind.QUOTE or _MARKS.match(unit.text):
        return hero is not None
    return unit.kind is UnitKind.SENTENCE and bool((hero or _PERSON).search(unit.text)) and not _general(unit.text)


def _general(text: str) -> bool:
    return bool(_RULE.search(text)) and not _PAST.search(text)


def _story(run: Sequence[tuple[Stretch, Unit]], hero: re.Pattern[str] | None) -> Iterator[Example]:
    """Not a quote at its end alone; as much of it as can be read at once."""
    run = _readable(run)
    if len(run) < LEAST:
        return
    start, end = run[0][1].spans[0].start, run[-1][1].spans[-1].end
    text = run[0][0].page_text[start:end]
    told = [_SPOKEN.sub(" ", unit.text) for _, unit in run if unit.kind is UnitKind.SENTENCE]
    times = sum(bool(_TIME.search(one)) for one in told)
    past = sum(len(_PAST.findall(one)) for one in told)
    persons = len((hero or _PERSON).findall(text))
    least = 1 if hero else 2
    if len(text.split()) >= LEAST_WORDS and times >= least and past >= 3 and persons >= 1 + least:
        yield run[0][0].cut(ExampleKind.STORY, start, end)


def _readable(run: Sequence[tuple[Stretch, Unit]]) -> list[tuple[Stretch, Unit]]:
    kept: list[tuple[Stretch, Unit]] = []
    for one in run:
        if sum(unit.words for _, unit in kept) + one[1].words > MOST_WORDS:
            break
        kept.append(one)
    return kept
