"""Hands out shelves: one for all who see the same of the library, and kept for as long as what they see is the same."""

import threading
from collections import OrderedDict

from assistant.quiet import Quiet
from assistant.reading import Reading
from assistant.shelf import Shelf, open_shelf
from assistant.types import Sight
from ingest.library import Library
from ingest.programme import Programme

SIGHTS_KEPT = 8  # of so many different sights the last shelf is kept; each may take 150 MB

_Key = tuple[bool, str]  # whether all is seen, which is searched in another way; and what is seen


class ShelfKeeper:
    """Safe to share between threads; one shelf is built at a time."""

    def __init__(self, library: Library, programme: Programme) -> None:
        self._library, self._programme = library, programme
        self._lock = threading.Lock()
        self._keys: OrderedDict[Sight, _Key] = OrderedDict()
        self._shelves: dict[_Key, Shelf] = {}
        self._whole: tuple[str, Shelf] | None = None
        self._readings: dict[Sight, Reading] = {}  # each of one sight alone: nobody's answers come sooner for another's
        self.quiet = Quiet()

    def shelf(self, sight: Sight = None) -> Shelf:
        """The library of this moment, as answers to somebody with this sight use it."""
        view = self._library.seen_by(sight)
        key = (sight is None, view.part().key)
        with self._lock:
            while key not in self._shelves:
                opened = open_shelf(view, self._programme, self._reading(sight))
                key = (sight is None, view.part().key)
                if opened.key == key[1]:  # else it changed meanwhile
                    self._shelves[key] = opened
            self._keys[sight] = key
            self._keys.move_to_end(sight)
            while len(self._keys) > SIGHTS_KEPT:
                self._readings.pop(self._keys.popitem(last=False)[0], None)
            self._shelves = {one: kept for one, kept in self._shelves.items() if one in self._keys.values()}
            return self._shelves[key]

    def whole(self) -> Shelf:
        """All present documents, also what stands aside: not everybody sees for whom it does."""
        shelf, part = self.shelf(), self._library.part()
        if len(shelf.documents) == len(part.documents):
            return shelf
        with self._lock:
            if self._whole is None or self._whole[0] != part.key:
                reading = self._reading(None)
                self._whole = (part.key, open_shelf(self._library, self._programme, reading, with_aside=True))
            return self._whole[1]

    def _reading(self, sight: Sight) -> Reading:
        if sight not in self._readings:
            self._readings[sight] = Reading(self._library.seen_by(sight), self._programme, self.quiet)
        return self._readings[sight]
