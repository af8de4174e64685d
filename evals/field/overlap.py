"""How much of a reference stands in an answer: tokens in any order, in the same order, and whole sentences."""

import re
from collections import Counter
from collections.abc import Sequence

COVERED = 0.8  # of a sentence's tokens: a cut «however,» or a mended space does not make it another sentence
_TOKEN = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})


def tokens(text: str) -> list[str]:
    """Lower-case words and figures without articles, as SQuAD's script compares answers (Rajpurkar et al. 2016)."""
    return [token for token in _TOKEN.findall(text.lower()) if token not in _ARTICLES]


def token_f1(answer: str, reference: str) -> float:
    """Harmonic mean of the shares of tokens that the two have in common."""
    given, wanted = Counter(tokens(answer)), Counter(tokens(reference))
    return _f1((given & wanted).total(), given.total(), wanted.total())


def rouge_l(answer: str, reference: str) -> float:
    """F1 over the longest common subsequence of tokens (Lin 2004)."""
    given, wanted = tokens(answer), tokens(reference)
    return _f1(_longest_common(given, wanted), len(given), len(wanted))


def covers(text: str, sentence: str) -> bool:
    """Whether nearly all tokens of the sentence stand in the text."""
    wanted = Counter(tokens(sentence))
    return bool(wanted) and (wanted & Counter(tokens(text))).total() >= COVERED * wanted.total()


def _longest_common(given: Sequence[str], wanted: Sequence[str]) -> int:
    row = [0] * (len(wanted) + 1)
    for one in given:
        before = row
        row = [0]
        for at, other in enumerate(wanted):
            row.append(before[at] + 1 if one == other else max(before[at + 1], row[at]))
    return row[-1]


def _f1(common: int, given: int, wanted: int) -> float:
    return 2 * common / (given + wanted) if common else 0.0
