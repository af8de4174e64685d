"""What in a question may identify a child or a family, and the question without it. Nothing is kept or logged here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.case_data.contact import find_contacts
from assistant.case_data.dates import find_births
from assistant.case_data.edit import edit, name_found
from assistant.case_data.many_names import is_word
from assistant.case_data.numbers import find_numbers
from assistant.case_data.people import birth_of, find_people
from assistant.case_data.published import Published
from assistant.case_data.runs import TOKEN, Run
from assistant.case_data.types import Found, found

_PUBLIC = ("address", "postcode", "phone", "email")  # a service's own stand in documents too
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Examined:
    """`found` in the text's order, none overlapping another; `edited` is None where nothing is left to ask."""

    found: tuple[Found, ...]
    edited: str | None


def examine(text: str, known: Published) -> Examined:
    known = known.remembering()
    all_ = _find(text, known)
    edited = edit(text, all_) if all_ else text
    for _ in range(_ROUNDS):  # a word that a name hid may now stand beside a number
        again = _find(edited, known) if edited and all_ else ()
        if not again or edited is None:
            break
        edited = edit(edited, again)
    return Examined(all_, edited)


def _find(text: str, known: Published) -> tuple[Found, ...]:
    others = _apart(_others(text, known))
    people = tuple(find_people(text, others, known))
    others = _apart([*others, *(found("date_of_birth", *date) for run in people if (date := birth_of(text, run)))])
    names = [name_found(text, run) for run in people]
    names += _mentions(text, people, [*others, *names])
    return _apart([*others, *names])


def _others(text: str, known: Published) -> Iterable[Found]:
    for one in find_contacts(text):
        if one.kind not in _PUBLIC or not known.in_library(text[one.start : one.end]):
            yield one
    yield from find_numbers(text)
    yield from find_births(text)


def _mentions(text: str, people: Sequence[Run], taken_by: Sequence[Found]) -> list[Found]:
    """The same name once more, whatever stands around it there."""
    words = {word for run in people for word in run.words if len(word) > 2}
    small = {word.lower() for word in words if not is_word(word)}  # «Jayden … jaydens»
    taken = bytearray(len(text))
    for one in taken_by:
        taken[one.cut_from : one.cut_to] = b"1" * (one.cut_to - one.cut_from)
    again: list[Found] = []
    for match in TOKEN.finditer(text):
        word = match.group()
        same = word in words or word.lower() in small or word.lower().removesuffix("s") in small
        if same and not any(taken[match.start() : match.end()]):
            again.append(Found("name", *match.span(), *match.span(), "the child"))
    return again


def _apart(all_: Iterable[Found]) -> tuple[Found, ...]:
    """The first of those that overlap, by their places in the text."""
    kept: list[Found] = []
    for one in all_:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))
