"""Names that are a child's or a family's: by what stands around them, never by the name alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.case_data.cues import (
    AGED,
    AGED_AFTER,
    ASKED_OF,
    ASKS,
    CALLED,
    FIRST_PERSON,
    JOINED,
    MET,
    MINE,
    MINE_AFTER,
    NEAR,
    SPEAKS,
    STOPS,
    STORY,
    TALE,
    THEIRS,
)
from assistant.case_data.dates import PLAIN
from assistant.case_data.deeds import (
    BABY,
    CLAUSE,
    IN_BRACKETS,
    IS_IN_HASTE,
    KIN_NEXT,
    KIN_OF,
    LIKELY,
    NEVER,
    OLD_ENOUGH,
    ONE_OF_KIN,
    POSSESSES_KIN,
    PRONOUN,
    SURELY,
    TO_SOMEBODY,
)
from assistant.case_data.initials import initials
from assistant.case_data.many_names import is_also_given, is_mostly_name, is_word
from assistant.case_data.published import Published
from assistant.case_data.runs import Run, name_runs
from assistant.case_data.signs import (
    does,
    has_age,
    has_kin,
    is_of_a_family,
    is_published,
    is_reported,
    is_unheard,
    is_young,
    sentence_of,
)
from assistant.case_data.staff import SPOKEN, WELL_KNOWN, is_staff
from assistant.case_data.types import AROUND, Found, before

_MANY = 200  # what holds more names than that is no question: in a list each name counts


def find_people(text: str, others: Sequence[Found], known: Published) -> Iterator[Run]:
    """`others` is what was found besides names."""
    covered = [(one.cut_from, one.cut_to) for one in others] + [match.span() for match in WELL_KNOWN.finditer(text)]
    runs = [run for run in name_runs(text, known) if not any(a < run.end and run.start < b for a, b in covered)]
    if len(runs) > _MANY:
        yield from (run for run in runs if run.given)
        return
    said = [_counts(text, run, others, known) for run in runs]
    # «Leo and Mia, 5 and 8»: what is known of one holds for those beside it
    joined = [_belong(text, one, other, known) for one, other in pairwise(runs)]
    for i, together in enumerate(joined):
        said[i + 1] |= together and said[i]
    for i in reversed(range(len(joined))):
        said[i] |= joined[i] and said[i + 1]
    said = [own or _is_with(text, run, runs, said, known) for run, own in zip(runs, said, strict=True)]
    people = [run for run, own in zip(runs, said, strict=True) if own]
    yield from people
    taken = [*covered, *((run.whole, run.end) for run in people)]
    yield from (run for run in initials(text) if not any(a < run.end and run.start < b for a, b in taken))


def _is_with(text: str, run: Run, runs: Sequence[Run], said: Sequence[bool], known: Published) -> bool:
    """Somebody else in a sentence that names a child: «Shannon lets Dean in»."""
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    if not run.given or is_published(text, run, known) or known.has(run.name) or is_staff(lead, after):
        return False
    if ASKED_OF.search(lead) or SPEAKS.match(after) or SPOKEN.match(after):
        return False
    sentence = sentence_of(text, run)
    return any(own and other.words[0] in sentence for other, own in zip(runs, said, strict=True))


def _belong(text: str, one: Run, other: Run, known: Published) -> bool:
    if not JOINED.match(text[one.end : other.whole]):
        return False
    return not any(run.weak and is_word(run.words[0]) for run in (one, other)) or bool(
        BABY.search(text[one.end : other.whole])
    )


def _counts(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    return (_is_surely if run.weak else _gives_away)(text, run, others, known)


def _is_surely(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    """A word that may be none, with a sign that leaves no doubt: «my lad rojin», «summer is back in care»."""
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    word = is_word(run.words[0])
    also = not word or is_also_given(run.words[0])
    if CALLED.search(lead):
        return not is_staff(lead, after)
    if not also or is_published(text, run, known) or is_staff(lead, after):
        return False
    if SURELY.match(after) and CLAUSE.search(lead):
        return True
    if is_mostly_name(run.words[0]) and run.words[0][0].isupper() and LIKELY.match(after) and CLAUSE.search(lead):
        return not ASKS.search(lead)
    if run.words[0].endswith("s") and IS_IN_HASTE.match(after) and CLAUSE.search(lead):
        return True
    if run.words[0][0].isupper() and ASKED_OF.search(lead) and OLD_ENOUGH.match(after):
        return True
    if POSSESSES_KIN.match(after) or (run.words[0].endswith("s") and KIN_NEXT.match(after) and not KIN_OF.search(lead)):
        return True
    if IN_BRACKETS.match(after):
        return True
    if not word and (
        (LIKELY.match(after) and CLAUSE.search(lead)) or (TO_SOMEBODY.search(lead) and PRONOUN.search(after[:60]))
    ):
        return True
    if word and run.words[0].islower():
        return bool(ONE_OF_KIN.search(lead) and SURELY.match(after)) and run.words[0] not in NEVER
    return bool(
        ONE_OF_KIN.search(lead)
        or MINE.search(lead)
        or THEIRS.search(lead)
        or AGED.search(lead)
        or MET.search(lead)
        or AGED_AFTER.match(after)
        or (is_young(after) and (run.words[0][0].isupper() or after.lstrip().startswith((",", "("))))
    ) or (not word and has_kin(run, lead, after))


def _gives_away(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    if _has_birth(text, run, others, known):
        return True
    if is_published(text, run, known):
        return False
    if (MINE.search(lead) or MINE_AFTER.match(after) or MET.search(lead)) or (
        _is_beside(text, run, others) and (run.given or run.titled)
    ):
        return True
    sentence = sentence_of(text, run)
    mine = bool(FIRST_PERSON.search(sentence))
    heard = not run.given or known.has(run.name)
    if (heard and is_reported(text, run)) or is_staff(lead, after):
        return False
    if THEIRS.search(lead) or has_age(run, lead, after, known):
        return True
    if STORY.search(sentence) and not mine:
        return False
    tale = TALE.search(sentence) and known.has(run.name)
    if CALLED.search(lead) and (not tale or mine):
        return True
    if SPOKEN.match(after) and len(run.words) > 1 and not SURELY.match(after):
        return False
    if does(text, run, lead, after, known) or (not known.has(run.name) and has_kin(run, lead, after)):
        return True
    if is_unheard(text, run, known) and not (ASKED_OF.search(lead) or SPEAKS.match(after) or SPOKEN.match(after)):
        return True
    if not is_of_a_family(run, lead, after, known):
        return False
    return not known.has(run.name) or mine


def _has_birth(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    """A date of birth close by, or a plain date right behind a person's name."""
    births = [one for one in others if one.kind == "date_of_birth"]
    if any(_near(text, run, one.cut_from, one.cut_to, 45) for one in births):
        return True
    return birth_of(text, run) is not None and not is_published(text, run, known)


def birth_of(text: str, run: Run) -> tuple[int, int] | None:
    """A whole date right behind a name: «Harpreet Kaur 11/12/2007»."""
    follows = re.match(r"(?:\s+[A-Z]\b\.?)?\s*[,(]?\s*", text[run.end :])
    at = run.end + (follows.end() if follows else 0)
    date = PLAIN.match(text, at)
    return date.span() if date and (run.given or len(run.words) > 1) else None


def _is_beside(text: str, run: Run, others: Sequence[Found]) -> bool:
    return any(_near(text, run, one.start, one.end, NEAR) for one in others)


def _near(text: str, run: Run, start: int, end: int, most: int) -> bool:
    gap = text[run.end : start] if run.end <= start else text[end : run.whole]
    return len(gap) <= most and not STOPS.search(gap + " ") and not ASKS.search(gap)
