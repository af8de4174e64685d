"""Texts into words and their stems, as the library counts them and questions are compared with them.

A change here changes what is counted: it needs a step in store/migrations.py that counts anew.
"""

import re
import threading
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"£?\d[\d,.]*\d%?|£?\d%?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_FORMS = """
begin began begun; bring brought; build built; buy bought; catch caught; child children; choose chose chosen;
draw drew drawn; drive drove driven; fall fell fallen; feel felt; find found; give gave given; go went gone
goes going; grow grew grown; hear heard; hold held; keep kept; know knew known; lead led; leave left; learn
learnt; lose lost; make made; meet met; pay paid; rise rose risen; run ran; say said; see saw seen; seek
sought; send sent; show shown; speak spoke spoken; spend spent; take took taken; teach taught; tell told;
think thought; understand understood; win won; write wrote written; wear worn; break broke broken; person
people persons
"""  # a verb or noun, then the forms that no stemmer finds
IRREGULAR = {form: entry.split()[0] for entry in _FORMS.split(";") for form in entry.split()[1:]}
_stemmer = snowballstemmer.stemmer("english")
_stemming = threading.Lock()  # a stemmer holds the word that it works on


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers, possessives cut off."""
    return [re.sub(r"['’]s$", "", word) for word in _WORD.findall(text.lower().replace("‐", "-"))]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    word = word.replace("’", "'")
    with _stemming:
        return str(_stemmer.stemWord(IRREGULAR.get(word, word)))


@lru_cache(maxsize=50_000)
def stems_of(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words_of(text))
