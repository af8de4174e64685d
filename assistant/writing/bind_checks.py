"""Whether what goes together in a statement goes together in its proof: each figure, date and name with its own words.

A figure can stand in the sentence and be another's: «£100 million … and a further £200 million». So the words beside
it in the statement are looked for beside it in the proof, and beside every other of its kind.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.shelf import Shelf
from assistant.unit import UnitKind
from assistant.writing.ground import Ground
from assistant.writing.marks import Mark, marks_of
from assistant.writing.support import akin
from assistant.writing.thesaurus import LIGHT
from assistant.writing.words import Sentence

REACH = 5  # words on each side
FAR = 12  # words from which distance tells nothing
MARGIN = 1.15  # a rival that the statement does not name has to fit so much better …
SWAP = 1.15  # … one that it names …
IN_TURN = 1.5  # … and both stand in the same order there …
WORD_SWAP = 1.3  # … and any two words
SLACK = 0.05
FURTHER = 0.4  # what a neighbour in another clause counts, where its own has too few
OTHER_CLAUSE = 0.5  # what a word behind the end of a clause counts


def check_bindings(claim: Sentence, ground: Ground, shelf: Shelf) -> str | None:
    """Why one of them belongs to other words there; None where each is with its own."""
    programme = shelf.knowledge.programme
    mine, its = marks_of(claim, programme), marks_of(ground.own, programme)
    settled = _partners(mine, its)
    is_row = ground.witness.unit.kind is UnitKind.ROW  # whatever it names belongs together
    for mark in mine:
        rivals = [other for other in its if _may_stand_for(other, mark)]
        same = [other for other in its if other.kind == mark.kind and _same(other, mark)]
        if (
            mark in settled
            or (is_row and mark.kind == "name")
            or not rivals
            or not (same or mark.kind.startswith("direction"))
        ):
            continue  # whether it is there at all is for others to check
        near = _neighbours(mark, claim, mine)
        own = _nearest(near, same, ground.own)
        for rival in rivals:
            if any(_in_one_list(rival, other, its, ground.own) for other in same):
                continue
            best = _nearness(near, rival, ground.own)
            spoken = [m for m in mine if m.kind == mark.kind and _same(m, rival)]
            if same and spoken:  # both are named: have they changed places?
                theirs = _neighbours(spoken[0], claim, mine)
                best += _nearest(theirs, same, ground.own)
                in_turn = (mark.first < spoken[0].first) == (same[0].first < rival.first)
                if in_turn and mark.kind == "name":
                    continue  # titles and names stand side by side
                limit = IN_TURN if in_turn else SWAP
                if best > limit * (own + _nearness(theirs, rival, ground.own)) + SLACK:
                    return f"“{mark.said}” and “{rival.said}” have changed places"
            elif best > MARGIN * own + SLACK:
                return f"“{mark.said}” goes with other words there"
    return _other_partner(mine, its) or _untold_direction(mine, its, ground) or _changed_places(claim, ground.own, mine)


def _other_partner(mine: Sequence[Mark], its: Sequence[Mark]) -> str | None:
    """«Cambridgeshire for Family Safeguarding, Darlington for Family Valued»: each goes with its own."""
    for one, other, pairs in _rows_of_pairs(mine, its):
        own = [pair for pair in pairs if _same(pair[0], one)]
        if own and not any(_same(pair[1], other) for pair in own):
            return f"“{one.said}” goes with “{own[0][1].said}” there"
    return None


def _partners(mine: Sequence[Mark], its: Sequence[Mark]) -> set[Mark]:
    """Marks of the statement that are partners in such a row too."""
    return {
        mark
        for one, other, pairs in _rows_of_pairs(mine, its)
        if any(_same(pair[0], one) and _same(pair[1], other) for pair in pairs)
        for mark in (one, other)
    }


def _rows_of_pairs(mine: Sequence[Mark], its: Sequence[Mark]) -> Iterator[tuple[Mark, Mark, list[tuple[Mark, ...]]]]:
    """One mark of two kinds in the statement, and the pairs of those kinds where they take turns in the proof."""
    for one, other in (("council", "model"), ("name", "model"), ("council", "figure"), ("council", "date")):
        said = [[mark for mark in mine if mark.kind == kind] for kind in (one, other)]
        row = sorted((mark for mark in its if mark.kind in (one, other)), key=lambda mark: mark.first)
        kinds = [mark.kind for mark in row]
        in_turn = len(row) >= 4 and len(row) % 2 == 0 and kinds == kinds[:2] * (len(row) // 2) and len(set(kinds)) == 2
        if in_turn and [len(marks) for marks in said] == [1, 1]:
            pairs = [tuple(sorted(row[n : n + 2], key=lambda mark: mark.kind != one)) for n in range(0, len(row), 2)]
            yield said[0][0], said[1][0], pairs


def _untold_direction(mine: Sequence[Mark], its: Sequence[Mark], ground: Ground) -> str | None:
    """Up or down has to be said, or to be seen in a row of figures."""
    said = next((mark for mark in mine if mark.kind == "direction 0"), None)
    if said is None or any(mark.kind == said.kind for mark in its):
        return None
    values = [figure.value for figure in ground.own.figures if figure.unit == "count"]
    seen = len(values) > 1 and (values[-1] > values[0] if said.value == "0" else values[-1] < values[0])
    return None if seen else f"“{said.said}” is not said there"


def _changed_places(claim: Sentence, own: Sentence, marks: Sequence[Mark]) -> str | None:
    """Two words of the statement that would each stand better in the other's place."""
    taken = {n for mark in marks for n in range(mark.first, mark.last + 1)}
    words = [n for n, w in enumerate(claim.words) if not w.is_function and w.stem not in LIGHT and n not in taken]
    at = {n: [m for m, w in enumerate(own.words) if w.stem == claim.words[n].stem] for n in words}
    words = [n for n in words if at[n]]
    for one, other in combinations(words, 2):
        in_turn = min(at[one]) < max(at[other])
        if claim.words[one].stem == claim.words[other].stem or other - one < 2 or in_turn:
            continue
        near, theirs = (_neighbours(_word(n, claim), claim, ()) for n in (one, other))
        for stem in (claim.words[one].stem, claim.words[other].stem):
            near.pop(stem, None)
            theirs.pop(stem, None)
        first, second = ([_word(m, own) for m in at[n]] for n in (one, other))
        kept = _nearest(near, first, own) + _nearest(theirs, second, own)
        swapped = _nearest(near, second, own) + _nearest(theirs, first, own)
        if swapped > WORD_SWAP * kept + SLACK:
            return f"“{claim.words[one].lower}” and “{claim.words[other].lower}” have changed places"
    return None


def _word(n: int, sentence: Sentence) -> Mark:
    return Mark("", sentence.words[n].stem, sentence.words[n].lower, n, n, sentence.words[n].clause)


def _nearest(near: dict[str, float], marks: Sequence[Mark], source: Sentence) -> float:
    return max((_nearness(near, mark, source) for mark in marks), default=0.0)


def _may_stand_for(other: Mark, mark: Mark) -> bool:
    """Another of its kind; of names, only one as long: a person is no town."""
    alike = mark.kind != "name" or len(other.value.split()) == len(mark.value.split()) > 1
    return other.kind == mark.kind and alike and not _same(other, mark)


def _in_one_list(one: Mark, other: Mark, its: Sequence[Mark], source: Sentence) -> bool:
    """Whether only “and” and more of their kind stand between two marks: what is said of one is said of all."""
    first, last = sorted((one, other), key=lambda mark: mark.first)
    own = {n for mark in its if mark.kind == one.kind for n in range(mark.first, mark.last + 1)}
    between = range(first.last + 1, last.first)
    return all(n in own or source.words[n].lower in ("and", "or") for n in between)


def _same(one: Mark, other: Mark) -> bool:
    if one.kind == "name":
        first, second = set(one.value.split()), set(other.value.split())
        return first <= second or second <= first
    return one.value == other.value


def _neighbours(mark: Mark, sentence: Sentence, marks: Sequence[Mark]) -> dict[str, float]:
    """Stems beside it in its clause, nearer ones more; in the next clauses too, where its own has too few."""
    others = [other for other in marks if other.kind == mark.kind and mark.kind != "name"]
    taken = {n for other in (mark, *others) for n in range(other.first, other.last + 1)}
    found: dict[str, float] = {}
    for within in (True, False):
        for n, word in enumerate(sentence.words):
            distance = mark.first - n if n < mark.first else n - mark.last
            if n in taken or word.is_function or distance <= 0 or distance > REACH * (1 if within else 2):
                continue
            weight = (1 if within else FURTHER) / (1 + distance / 2)
            if word.clause == mark.clause or not within:
                found[word.stem] = max(found.get(word.stem, 0.0), weight)
        if len(found) >= 2:
            break
    return found


def _nearness(near: dict[str, float], mark: Mark, source: Sentence) -> float:
    """How near those stems stand to a mark of the proof."""
    total = 0.0
    for stem, weight in near.items():
        best = 0.0
        for n, word in enumerate(source.words):
            if akin(word.stem, stem):
                distance = mark.first - n if n < mark.first else max(0, n - mark.last)
                if distance <= FAR:
                    best = max(best, (1 if word.clause == mark.clause else OTHER_CLAUSE) / (1 + distance / 2))
        total += weight * best
    return total
