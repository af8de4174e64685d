"""The question once more without what may identify somebody: it still asks what it asked."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.case_data.cues import ADULT, AGED, CHILD, FAMILY_OF, KIN, MET
from assistant.case_data.runs import Run
from assistant.case_data.types import AROUND, Found, before

_MARK = re.compile(r"\[[\w\s-]+ removed\]")
_CALLED = re.compile(r",?\s*(?:who is |is |was )?\b(?:called|named)\s*$", re.I)
_ROLE = re.compile(
    rf"(?P<by>\b(?:my|our|the|a|an|his|her|their|this|your)\s+(?:[a-z]+\s+)?)?\b(?P<role>{CHILD}|{KIN}|{ADULT})(?P<gap>\s*[:,]?\s*)$",
    re.I,
)
_BEGINS = re.compile(r"(?:^|[.!?]\s+)$")
_LEAST_WORDS = 3
_TIDY = (
    (re.compile(r"\(\s*[,;:]?\s*\)"), ""),
    (re.compile(r"\(\s*(?:the (?:case|incident)|\[[\w\s-]+ removed\])\s*\)"), ""),
    # «the child, of [address removed], keeps …»: an aside goes whole
    (
        re.compile(r",\s*(?:now\s+)?(?:of|at|from|on|in|tel|phone|email)?\s*:?\s*\[[\w\s-]+ removed\]\s*(?=[,.;?!]|$)"),
        "",
    ),
    (re.compile(r"\s+"), " "),
    (re.compile(r"\b(the (?:child|parent|person))(?:(?:,| and| &|/) \1\b)+", re.I), r"\1ren"),
    (re.compile(r"\bthe (parent|person)ren\b", re.I), r"the \1s"),
    (re.compile(r"\s+([,;:.?!)])"), r"\1"),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r",\s*([.?!])"), r"\1"),
    (
        re.compile(
            r"\b([Tt]he (?:child|parent|family)) ?, +(?=(?:\w+s|had|can|could|will|would|did|told|said|moved|came)\b)"
        ),
        r"\1 ",
    ),
    (re.compile(r"^[\s,;:.–-]+"), ""),
)


def name_found(text: str, run: Run) -> Found:
    """A name, with what says it without one: «my client Mrs Patel» is «my client»."""
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    at = run.whole - len(lead)
    called = _CALLED.search(lead)
    if called:
        return Found("name", run.start, run.end, at + called.start(), run.end, "")
    if FAMILY_OF.match(after) and not run.titled:
        return Found("name", run.start, run.end, run.whole, run.end + 1, "")
    role = _ROLE.search(lead)
    if role and role["by"]:
        closing = 1 if "," in role["gap"] and after.startswith(",") else 0
        return Found("name", run.start, run.end, at + role.end("role"), run.end + closing, "")
    if role:
        begins = at + role.start("role")
        return Found("name", run.start, run.end, begins, run.end, _the(text, begins, role["role"]))
    if AGED.search(lead):
        return Found("name", run.start, run.end, run.whole, run.end, "child")
    return Found("name", run.start, run.end, run.whole, run.end, _the(text, run.whole, _noun(text, run, lead)))


def _noun(text: str, run: Run, lead: str) -> str:
    if run.titled:
        return "parents" if " " in text[run.whole : run.start].strip() else "parent"
    return "family" if MET.search(lead) else "child"


def _the(text: str, at: int, noun: str) -> str:
    return f"{'The' if _BEGINS.search(before(text, at)) else 'the'} {noun.lower()}"


def edit(text: str, found: Sequence[Found]) -> str | None:
    """None where nothing worth asking is left."""
    pieces, at = [], 0
    for one in _merged(text, found):
        pieces += [text[at : one.cut_from], one.instead]
        at = max(at, one.cut_to)
    tidied = _tidy("".join([*pieces, text[at:]]))
    return tidied if len(re.findall(r"[^\W\d_]{2,}", _MARK.sub("", tidied))) >= _LEAST_WORDS else None


def unmarked(text: str) -> str:
    """Without the marks of what was removed: they are for the eye, and no words to look for."""
    return _tidy(_MARK.sub("", text)) if _MARK.search(text) else text


def _tidy(text: str) -> str:
    for pattern, instead in _TIDY:
        text = pattern.sub(instead, text)
    text = text.strip()
    return text[:1].upper() + text[1:]


def _merged(text: str, found: Sequence[Found]) -> list[Found]:
    """In order, none overlapping; a street and its postcode are one address."""
    merged: list[Found] = []
    for one in sorted(found, key=lambda row: (row.cut_from, -row.cut_to)):
        last = merged[-1] if merged else None
        if last and one.cut_from < last.cut_to:
            continue
        together = last and {last.kind, one.kind} <= {"address", "postcode"}
        if last and together and re.fullmatch(r"[\s,]*", text[last.cut_to : one.cut_from]):
            merged[-1] = Found(last.kind, last.start, one.end, last.cut_from, one.cut_to, last.instead)
        else:
            merged.append(one)
    assert all(a.cut_to <= b.cut_from for a, b in pairwise(merged))
    return merged
