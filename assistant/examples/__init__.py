"""Quotes, figures, stories and practice examples of the whole library, each at its place on its page."""

from assistant.examples.gallery import Gallery, Page, Shown
from assistant.examples.listing import FACETS, Wanted
from assistant.examples.stretch import ExampleKind

__all__ = ["FACETS", "ExampleKind", "Gallery", "Page", "Shown", "Wanted"]
