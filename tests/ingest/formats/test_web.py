"""Web pages: the main text, in its structure; nothing hidden, nothing of the site around it."""

from pathlib import Path

from tests.ingest.formats.made import read_bytes, shapes

PAGE = """<!DOCTYPE html><html><head><title>Referral guide</title><meta name=author content="Ann Lee"></head><body>
<nav>Menu</nav><header>Logo</header><form><main><h1>Referrals</h1><time datetime="2023-05-02">2 May</time>
<p>First <b>par</b>agraph<br>with a break.<p>It needs:<ul><li>one<ul><li>nested</ul><li>two</ul>
<div style="display: none">secret</div><p aria-hidden=true>secret</p><p hidden>secret</p><script>secret()</script>
<h2>Figures</h2><table><caption>In care</caption><tr><th>Council<th>2021<th>2022</tr>
<tr><td rowspan=2>Leeds<td>683<td>700</tr><tr><td colspan=2>none</tr></table>
<blockquote><p>It changed our life.</p><footer>Mother, York</footer></blockquote>
<dl><dt>Key worker<dd>the one adult</dl><ol start=3><li><p>third</p></ol></main></form><footer>Foot</footer>"""


def test_the_main_text_in_its_structure(tmp_path: Path) -> None:
    parsed = read_bytes(tmp_path, "a.html", PAGE.encode())
    assert (parsed.title, parsed.authors, parsed.published) == ("Referral guide", ("Ann Lee",), "2023-05-02")
    assert [page.label for page in parsed.pages] == ["Referrals", "Referrals › Figures"]
    assert [shapes(page) for page in parsed.pages] == [
        [
            ("heading", "Referrals"),
            ("paragraph", "2 May"),
            ("paragraph", "First paragraph with a break."),
            ("paragraph", "It needs:"),
            ("list item", "one"),
            ("list item", "nested"),
            ("list item", "two"),
        ],
        [
            ("heading", "Figures"),
            ("caption", "In care"),
            ("table row", "Council | 2021 | 2022"),
            ("table row", "Leeds | 683 | 700"),
            ("table row", "Leeds | none |"),
            ("quote", "It changed our life."),
            ("byline", "Mother, York"),
            ("list item", "Key worker: the one adult"),
            ("list item", "3. third"),
        ],
    ]


def test_a_page_without_headings_or_with_a_declared_encoding(tmp_path: Path) -> None:
    data = "<meta charset=iso-8859-1><body><p>Caf\xe9 – “£5”".encode("cp1252")
    parsed = read_bytes(tmp_path, "saved page.html", data)
    assert (parsed.title, parsed.articles) == ("saved page", ())
    assert (parsed.pages[0].label, parsed.pages[0].text) == ("Beginning", "Café – “£5”")


def test_tags_without_end_are_no_recursion(tmp_path: Path) -> None:
    for tag in ("div", "b", "ul><li", "blockquote", "table><tr><td"):
        data = f"<html><body>{f'<{tag}>' * 3000}deep".encode()
        assert read_bytes(tmp_path, "a.html", data).pages[0].text == "deep"
