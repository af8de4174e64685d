"""Practice examples: what a council or its team did or does, with a tool, a meeting, a role or a way of working."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.browse import Placed
from assistant.examples.stretch import Example, ExampleKind, Stretch

MOST = 110  # words of neighbouring sentences that make one example
BEFORE, AFTER = 9, 16  # words between who, what was done, and with what
_DID = re.compile(
    r"\b(?:introduc(?:ed|es)|set up|sets up|establish(?:ed|es)|develop(?:ed|s)|creat(?:ed|es)|runs?|ran|holds?|"
    r"held|meets?|met|"
    r"us(?:e|es|ed)|built|builds|train(?:s|ed)|recruit(?:s|ed)|employ(?:s|ed)|appoint(?:s|ed)|redesign(?:s|ed)|"
    r"rewrote|replac(?:es|ed)|"
    r"turned|br(?:ings?|ought) together|brought in|invit(?:es|ed)|pilot(?:s|ed)|offers?|offered|adds?|added|"
    r"design(?:s|ed)|organis(?:es|ed)|"
    r"gives?|gave|made|opened|extended|commission(?:s|ed)|adapt(?:s|ed)|mapped|produc(?:es|ed)|co-?locat(?:es|ed)|"
    r"joins?|joined|shar(?:es|ed)|"
    r"crafted|delivers?|delivered|learn|practise[sd]?|check(?:s|ed)? in|reviews?|reviewed|visits?|visited|chairs?|"
    r"chaired|swapped|moved|changed|"
    r"has|have|include[sd]?|work(?:s|ed)? (?:alongside|with)|keeps?|kept|help(?:s|ed)|provid(?:es|ed)|called|"
    r"supports?|supported|ask(?:s|ed)|put)\b",
    re.I,
)
_WITH = re.compile(
    r"\b(?:meetings?|panels?|workbooks?|tools?|toolkits?|forms?|templates?|training|workshops?|circles?|"
    r"check-ins?|check-outs?|"
    r"huddles?|boards?|champions?|forums?|supervision|case discussions?|apps?|websites?|intranet|newsletters?|"
    r"practice weeks?|"
    r"protocols?|dashboards?|communit(?:y|ies) of practice|family group conferenc(?:es?|ing)|psychologists?|"
    r"therapists?|"
    r"key ?workers?|life coach(?:es)?|practice leads?|systemic leads?|leads|outreach|coaching|mentors?|mentoring|"
    r"peer support|drop-ins?|surger(?:y|ies)|"
    r"pods?|whiteboards?|guidance|handbooks?|podcasts?|induction|academ(?:y|ies)|facilitators?|advocates?|volunteers?|"
    r"modules?|motivational interviewing|steering groups?|working groups?|reference groups?|focus groups?|"
    r"sessions?|audits?|"
    r"questionnaires?|surveys?|role[- ]play|genograms?|emergency beds?|residential beds?|probation (?:officers?|"
    r"specialists?|workers?)|"
    r"adult (?:specialists?|workers?)|mental health (?:workers?|specialists?|practitioners?)|initiatives?|daily|"
    r"weekly|fortnightly|monthly)\b",
    re.I,
)
_WHO = (
    r"we|team|teams|council|service|staff|managers?|leaders?|social workers|practitioners|workers|hub|project|they|it|"
    r"she|he"
)
_NOT_SO = re.compile(
    r"\b(?:will|would|could|should|might|may|must|hop(?:es?|ing)|aims?|plans|planned|planning|want(?:s|ed)?|"
    r"aspires?|intends?|"
    r"expects?|need(?:s|ed)? to|believe|if|why|whether|not|never|imagine|let’s|lessons?|evaluation|researchers?|"
    r"interviews?|sources?|timeline|trial|in this (?:short )?film|report(?:s|ed)?|glossary|rated|ofsted|shortlisted|"
    r"pleased|proud|delighted|of the model|says|said|wrote|journal lists)\b|\?",
    re.I,
)


def practice(stretch: Stretch, names: Sequence[str]) -> Iterator[Example]:
    """Neighbouring sentences that qualify are one example; `names` are those of councils and their services."""
    run: list[Placed] = []
    for placed in stretch.placed:
        does = _does(placed, tuple(names))
        words = sum(one.unit.words for one in run) + placed.unit.words
        if run and (not does or words > MOST):
            yield _cut(stretch, run)
            run = []
        if does:
            run.append(placed)
    if run:
        yield _cut(stretch, run)


def _cut(stretch: Stretch, run: Sequence[Placed]) -> Example:
    return stretch.cut(ExampleKind.PRACTICE, run[0].unit.spans[0].start, run[-1].unit.spans[-1].end)


def _does(placed: Placed, names: tuple[str, ...]) -> bool:
    """Somebody of one or two councils, then what was done, then with what: near to each other, in this order."""
    unit = placed.unit
    ours = placed.councils or (placed.about if re.search(r"\b(?:we|our)\b", unit.text, re.I) else ())
    if not 1 <= len(ours) <= 2 or not 9 <= unit.words <= 70 or len(unit.spans) > 1:
        return False
    text = re.sub(r"\([^()]*\)", lambda match: " " * len(match.group()), unit.text)
    if _NOT_SO.search(text):
        return False
    who = _who(names)
    return any(
        who.search(" ".join(text[: did.start()].split()[-BEFORE:]))
        and _WITH.search(" ".join(text[did.end() :].split()[:AFTER]))
        for did in _DID.finditer(text)
    )


@lru_cache(4)
def _who(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join([_WHO, *map(re.escape, names)]) + r")\b", re.I)
