"""PDF reading, in the data's order: source → glyphs → furniture → lines → blocks → text → articles."""

from ingest.pdf.draw import draw_page
from ingest.pdf.read import read_pdf

__all__ = ["draw_page", "read_pdf"]
