"""Given names from many countries, out of Faker's lists: read when a name is first looked for, and kept."""

import re
import unicodedata
from functools import lru_cache
from importlib import import_module

from assistant.case_data.given_names import FAMILY, GIVEN, WORDLIKE
from assistant.case_data.names_of_families import ALSO_GIVEN, GIVEN_TOO
from assistant.case_data.usual import USUAL
from assistant.lexicon import how_often, is_english
from assistant.wordlists import GENERIC, STOP

# Where the lists are in the Latin alphabet
_LOCALES = """
az_AZ cs_CZ da_DK en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US es_ES et_EE fi_FI fr_DZ fr_FR ga_IE ha_NG hr_HR hu_HU
id_ID ig_NG it_IT lt_LT lv_LV nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ yo_NG zu_ZA en
"""
# How names are made where lists end: «Harleen», «Esmatullah», «Chukwuebuka»
_SHAPES = re.compile(
    r"(?:abdi?[a-z]{4,}|abdul[a-z]{3,}|oluwa?[a-z]{3,}|chukwu[a-z]{2,}|ifeany[a-z]*|mohamm?[ae]d[a-z]*"
    r"|[a-z]{2,}(?:preet|jeet|jit|winder|jinder|deep|meet|leen|ullah|uddin|olu|chukwu|iqua|isha|eesha|leigh|lynn"
    r"|anne|tyana))"
)
_FREQUENT = 60_000  # times: what is more frequent is meant as the word («little», «north»)
_HARDLY = 10_000  # times: what is less frequent is hardly meant as the word («bailey»)
_PLACES_WORDS = """
ashton aston austin brooklyn chelsea devon florence india indiana israel jordan preston sydney troy victoria virginia
"""
_PLACES = frozenset(_PLACES_WORDS.split())
_LEAST = 4  # letters: shorter ones are too often something else


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Those that are nothing but names, and those that are also words or places."""
    ours = GIVEN_TOO - USUAL
    all_ = {name for locale in _LOCALES.split() for name in _of(locale)} - GIVEN - USUAL - STOP - GENERIC
    words = {name for name in all_ if is_english(name)}
    return frozenset((all_ - words - FAMILY) | (GIVEN - WORDLIKE) | ours), frozenset(
        ({word for word in words if how_often(word) < _FREQUENT} | ALSO_GIVEN) - FAMILY - ours
    )


def _of(locale: str) -> set[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    lists = [list(value) for name, value in vars(provider).items() if name.startswith("first_name") and _holds(value)]
    names = {plain(name) for names in lists for name in names}
    return {name for name in names if len(name) >= _LEAST and name.isalpha() and name.isascii()}


def _holds(value: object) -> bool:
    return isinstance(value, list | tuple | dict | set)


def plain(word: str) -> str:
    """«Łukasz» and «Zoë» as they are typed in a hurry."""
    spread = unicodedata.normalize("NFKD", word.lower().replace("ł", "l").replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in spread if not unicodedata.combining(c)).replace("’", "'")


def is_only_given(word: str) -> bool:
    """Nothing but a name: «jayden», «Ellie-Mae», and in haste «jaydens»."""
    low, names = plain(word), _names()[0]
    if low in names or ("-" in low and (low.partition("-")[0] in GIVEN or low.partition("-")[0] in names)):
        return True
    if is_english(low) or low in USUAL or low in FAMILY or low in _names()[1]:
        return False
    whose = low.removesuffix("s")
    return (whose != low and len(whose) >= _LEAST and whose in names) or bool(_SHAPES.fullmatch(low))


def is_rarely_given(word: str) -> bool:
    """A name that the lists of other countries alone have: with a small letter it may be a misspelt word («buget»)."""
    return not {plain(word), plain(word).partition("-")[0]} & (GIVEN | GIVEN_TOO)


def is_also_given(word: str) -> bool:
    """A word or a place first, and sometimes a name: «summer», «Blessing», «Chester»."""
    low = plain(word)
    if "-" in low or low in _names()[0]:
        return False
    names = _names()[1]
    return (
        low in WORDLIKE
        or low in names
        or (len(low) > 3 and low.endswith("s") and (is_also_given(low[:-1]) or is_only_given(low[:-1])))
    )


def is_mostly_name(word: str) -> bool:
    """«Shannon», «Bailey»: hardly a word, and no place."""
    low = plain(word)
    return low in WORDLIKE and low not in _PLACES and how_often(low) < _HARDLY


def is_word(name: str) -> bool:
    """Whether a name that may be none is a word that people write."""
    low = plain(name)
    return low not in _names()[0] and any(is_english(part) for part in low.split("-"))
