"""Words, stems, and the spelling a person meant."""

from collections import Counter

import pytest

from assistant.knowledge import Knowledge
from assistant.lexicon import Lexicon, stems_of, words_of
from assistant.spelling import Spellings
from ingest.store.vocabulary import count_terms

TEXTS = (
    "Family Safeguarding is an organisation of practitioners.",
    "The family behaviour of adolescents, offering social work.",
    "Reunification of a family after care.",
)


def _lexicon(*texts: str) -> Lexicon:
    counts = count_terms(("", one) for one in texts)
    stems, words = (Counter({term: n for (of, term), n in counts.items() if of == kind}) for kind in ("stem", "word"))
    return Lexicon(counts["chunk", ""], stems, Spellings(lambda: words))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return _lexicon(*TEXTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("adopted", "adopts"),
        ("families", "family"),
        ("began", "begin"),
        ("children", "child"),
        ("said", "say"),
        ("took", "taken"),
        ("learnt", "learning"),
        ("Norfolk’s", "Norfolk"),
        ("Norfolk's", "norfolk"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stems_of(one) == stems_of(other)


@pytest.mark.parametrize(("one", "other"), [("care", "carer"), ("practice", "practitioner"), ("police", "policy")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert stems_of(one) != stems_of(other)


def test_possessives_are_cut_off_and_other_apostrophes_stay() -> None:
    assert words_of("Coventry’s Reunification Project isn't Leeds's") == [
        *("coventry", "reunification", "project", "isn't", "leeds")
    ]


def test_figures_stay_whole_with_their_unit() -> None:
    assert words_of("£22,700 or 15% of 1.5 in 2021") == ["£22,700", "or", "15%", "of", "1.5", "in", "2021"]


def test_a_figure_at_the_end_of_a_sentence_is_the_same_figure() -> None:
    assert words_of("It went live in 2021. It has 6, or 7, beds.") == [
        *("it", "went", "live", "in", "2021", "it", "has", "6", "or", "7", "beds")
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("famaly", "family"),
        ("safegaurding", "safeguarding"),
        ("adolesents", "adolescents"),
        ("socail", "social"),
        ("reunifcation", "reunification"),
        ("organization", "organisation"),
        ("behavior", "behaviour"),
    ],
)
def test_misspelt_words_are_put_right(lexicon: Lexicon, typed: str, meant: str) -> None:
    assert lexicon.correct(typed) == meant


@pytest.mark.parametrize("word", ["offending", "kids", "unsupported", "family", "families", "zzxqv", "2021", "fgc"])
def test_english_words_known_words_and_strange_words_are_left_alone(lexicon: Lexicon, word: str) -> None:
    assert lexicon.correct(word) == word


@pytest.mark.parametrize("word", ["offending", "kids", "unsupported"])
def test_english_words_are_left_alone_beside_the_starter_documents_too(knowledge: Knowledge, word: str) -> None:
    assert knowledge.lexicon.correct(word, knowledge.name_words) == word


def test_a_name_of_the_programme_is_a_spelling_too(lexicon: Lexicon) -> None:
    assert lexicon.correct("warickshire") == "warickshire"
    assert lexicon.correct("warickshire", ["warwickshire"]) == "warwickshire"


def test_rare_words_tell_more_than_common_ones(lexicon: Lexicon) -> None:
    [family, reunification, unknown] = (lexicon.idf(*stems_of(w)) for w in ("family", "reunification", "zzxqv"))
    assert 0 < family < reunification < unknown
    assert lexicon.size == len(TEXTS)


def test_a_lexicon_of_nothing_knows_nothing() -> None:
    empty = _lexicon()
    assert not empty.knows("family")
    assert empty.correct("famaly") == "famaly"
