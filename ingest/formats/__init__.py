"""Word, PowerPoint, web pages, Markdown and text, in the data's order: kind → a reader → flow → paging → layout."""

from ingest.formats.draw import draw_flow_page
from ingest.formats.kind import tell_format
from ingest.formats.read import read_flow

__all__ = ["draw_flow_page", "read_flow", "tell_format"]
