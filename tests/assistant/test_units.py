"""Pages into units: what can be quoted, and that each piece of it stands on its page."""

import pytest

from assistant.shelf import Shelf
from assistant.units import Unit, UnitKind, read_units
from ingest.types import BlockKind, Page
from tests.assistant.pages import letters, make_page, read_spans

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
QUOTE, BYLINE, ROW = BlockKind.QUOTE, BlockKind.BYLINE, BlockKind.TABLE_ROW


def of_kind(page: Page, kind: UnitKind, following: Page | None = None) -> list[Unit]:
    return [unit for unit in read_units(page, following) if unit.kind is kind]


def test_a_paragraph_is_cut_into_sentences_that_know_their_neighbours_and_heading() -> None:
    page = make_page((HEADING, "The hub", 2), (PARAGRAPH, "It has six beds. Dr. Lee runs it. It opened in 2021."))
    first, second, third = read_units(page, None)
    assert [unit.text for unit in (first, second, third)] == [
        "It has six beds.",
        "Dr. Lee runs it.",
        "It opened in 2021.",
    ]
    assert second.before == first.text
    assert second.after == third.text
    assert {unit.heading for unit in (first, second, third)} == {"The hub"}
    assert read_spans(second.spans, page) == ["Dr. Lee runs it."]


def test_a_list_comes_whole_with_its_lead() -> None:
    page = make_page(
        (PARAGRAPH, "Much of it is new. The team has three aims:"), (ITEM, "safety"), (ITEM, "trust"), (ITEM, "time")
    )
    [whole] = of_kind(page, UnitKind.LIST)
    assert whole.before == "The team has three aims:"
    assert whole.items == ("safety", "trust", "time")
    assert read_spans(whole.spans, page) == ["The team has three aims:\nsafety\ntrust\ntime"]
    assert [unit.text for unit in of_kind(page, UnitKind.SENTENCE)] == ["Much of it is new."]


def test_a_list_under_a_heading_takes_the_heading() -> None:
    page = make_page((HEADING, "Four lessons", 3), (ITEM, "Begin early."), (ITEM, "Keep going."))
    [whole] = of_kind(page, UnitKind.LIST)
    assert whole.before == "Four lessons"
    assert read_spans(whole.spans, page) == ["Four lessons\nBegin early.\nKeep going."]


def test_a_list_at_the_top_of_a_page_or_behind_plain_prose_has_no_lead() -> None:
    for page in (make_page((ITEM, "safety"), (ITEM, "trust")), make_page((PARAGRAPH, "It is new."), (ITEM, "safety"))):
        [whole] = of_kind(page, UnitKind.LIST)
        assert whole.before == ""


def test_an_item_that_says_something_can_be_quoted_alone() -> None:
    said = "Specialists sit in the same room as the social workers."
    page = make_page((PARAGRAPH, "It has two parts:"), (ITEM, said), (ITEM, "trust"))
    [item] = of_kind(page, UnitKind.SENTENCE)
    assert (item.text, item.before) == (said, "It has two parts:")


def test_three_small_headings_in_a_row_are_a_list() -> None:
    page = make_page((HEADING, "SAFETY", 5), (HEADING, "TRUST", 5), (HEADING, "TIME", 5), (PARAGRAPH, "So it is."))
    [whole] = of_kind(page, UnitKind.LIST)
    assert whole.items == ("SAFETY", "TRUST", "TIME")


def test_a_row_brings_its_column_heads() -> None:
    page = make_page((ROW, "Council | Model"), (ROW, "Norfolk | No Wrong Door"), (ROW, "Leeds | Family Valued"))
    first, second = of_kind(page, UnitKind.ROW)
    assert read_spans(first.spans, page) == ["Council | Model", "Norfolk | No Wrong Door"]
    assert read_spans(second.spans, page) == ["Council | Model", "Leeds | Family Valued"]
    assert second.before == "Council | Model"


def test_a_row_of_another_shape_brings_no_heads() -> None:
    page = make_page((ROW, "Figures"), (ROW, "Norfolk | 6 | 2021 | 43"))
    [row] = of_kind(page, UnitKind.ROW)
    assert (row.before, read_spans(row.spans, page)) == ("", ["Norfolk | 6 | 2021 | 43"])


def test_a_single_row_is_a_unit() -> None:
    assert [u.text for u in of_kind(make_page((ROW, "Norfolk | 6 beds")), UnitKind.ROW)] == ["Norfolk | 6 beds"]


def test_a_quote_has_the_speaker_below_it() -> None:
    page = make_page(
        (BYLINE, "Joe Bloggs, Leeds"), (PARAGRAPH, "So."), (QUOTE, "“It works.”"), (BYLINE, "Ann Other, York")
    )
    [quote] = of_kind(page, UnitKind.QUOTE)
    assert (quote.text, quote.speaker_text) == ("“It works.”", "Ann Other, York")
    assert quote.speaker is not None
    assert read_spans([quote.speaker], page) == ["Ann Other, York"]


def test_two_quotes_of_one_speaker_both_have_the_name() -> None:
    page = make_page((QUOTE, "“It works.”"), (QUOTE, "“It lasts.”"), (BYLINE, "Ann Other, York"))
    assert [unit.speaker_text for unit in of_kind(page, UnitKind.QUOTE)] == ["Ann Other, York"] * 2


def test_speech_under_a_byline_has_the_speaker_above_it() -> None:
    page = make_page(
        (PARAGRAPH, "I am not hers."),
        (BYLINE, "Ann Other, York"),
        (PARAGRAPH, "I joined in 2020. The hub has six beds."),
    )
    speakers = {unit.text: unit.speaker_text for unit in of_kind(page, UnitKind.SENTENCE)}
    assert speakers == {"I am not hers.": "", "I joined in 2020.": "Ann Other, York", "The hub has six beds.": ""}


def test_a_sentence_that_runs_on_overleaf_stands_in_two_spans() -> None:
    page = make_page((PARAGRAPH, "All of it is well. The team meets every family"))
    overleaf = make_page((PARAGRAPH, "at home within five days. Then it plans.", 0, True), number=2)
    runs = read_units(page, overleaf)[-1]
    assert runs.text == "The team meets every family at home within five days."
    assert [span.page for span in runs.spans] == [1, 2]
    assert read_spans(runs.spans, page, overleaf) == ["The team meets every family", "at home within five days."]
    assert [unit.text for unit in read_units(overleaf, None)] == ["Then it plans."]


def test_a_sentence_that_a_picture_interrupts_goes_on_below_it() -> None:
    page = make_page(
        (PARAGRAPH, "The team meets every family"),
        (BlockKind.CAPTION, "A meeting"),
        (PARAGRAPH, "at home within five days. Then it plans.", 0, True),
    )
    assert [unit.text for unit in read_units(page, None)] == [
        "The team meets every family at home within five days.",
        "Then it plans.",
    ]


def test_a_short_rest_of_a_sentence_takes_no_other_sentence_with_it() -> None:
    overleaf = make_page((PARAGRAPH, "at home. Then the team plans its work.", 0, True), number=2)
    assert [unit.text for unit in read_units(overleaf, None)] == ["Then the team plans its work."]


def test_a_word_broken_over_two_pages_is_whole_again() -> None:
    page = make_page((PARAGRAPH, "The project is about reunifi‐"))
    overleaf = make_page((PARAGRAPH, "cation after care.", 0, True), number=2)
    [unit] = read_units(page, overleaf)
    assert unit.text == "The project is about reunification after care."


def test_an_unfinished_sentence_without_a_rest_stays_as_it_is() -> None:
    page = make_page((PARAGRAPH, "The team meets every family"))
    for following in (None, make_page((PARAGRAPH, "Another matter."), number=2)):
        assert [unit.text for unit in read_units(page, following)] == ["The team meets every family"]


@pytest.mark.parametrize("head", ["Key worker.", "Key worker (also: keyworker, trusted adult)."])
def test_a_run_in_head_stays_with_its_sentence(head: str) -> None:
    page = make_page((PARAGRAPH, f"{head} The one adult whom a young person trusts. They meet often."))
    assert [unit.text for unit in read_units(page, None)] == [
        f"{head} The one adult whom a young person trusts.",
        "They meet often.",
    ]


def test_a_sentence_that_ends_with_a_colon_takes_what_it_announces() -> None:
    page = make_page((PARAGRAPH, "So it all began. One mother says:"), (PARAGRAPH, "They listened to me. It was new."))
    texts = [unit.text for unit in read_units(page, None)]
    assert texts[:2] == ["So it all began.", "One mother says: They listened to me. It was new."]
    assert "One mother says:" not in texts


def test_a_page_without_text_has_no_units() -> None:
    assert read_units(make_page(), None) == ()


def test_every_unit_of_the_starter_documents_stands_on_its_pages_letter_for_letter(shelf: Shelf) -> None:
    seen = 0
    for record in shelf.documents.values():
        for number in range(1, record.pages + 1):
            pages = [page for n in (number, number + 1) if (page := shelf.page(record.id, n))]
            for unit in shelf.units(record.id, number):
                assert letters(unit.text) == letters("".join(read_spans(unit.spans, *pages))), unit
                assert unit.spans[0].page == number
                seen += 1
    assert seen > 500
