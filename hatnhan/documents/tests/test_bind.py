"""Many papers as one file: whole, in order, each with its own pages, its bookmark, and nothing typed read as markup."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from hatnhan.documents import pdf
from hatnhan.documents.tests.test_documents import paper


def bound(count, **changes):
    told = []
    papers = ((f"Bản {at}", paper(title=f"Giấy {at}", **changes)) for at in range(1, count + 1))
    return PdfReader(BytesIO(pdf.bind(papers, title="Bộ giấy", told=told.append))), told


def test_papers_are_bound_in_order_with_bookmarks_and_told_on_the_way():
    book, told = bound(12)
    assert [one.title for one in book.outline] == [f"Bản {at}" for at in range(1, 13)]
    assert all(f"GIẤY {at}" in book.pages[at - 1].extract_text() for at in range(1, 13))
    assert told == [10, 12]
    assert book.metadata.title == "Bộ giấy"


def test_each_paper_counts_its_own_pages():
    book, _told = bound(2, paragraphs=("Việc đã làm trong năm. " * 60,) * 4)
    half = len(book.pages) // 2
    assert half > 1
    assert book.pages[half].extract_text().startswith("ĐẢNG BỘ")
    assert book.pages[1].extract_text()[0] == book.pages[half + 1].extract_text()[0] == "2"


def test_what_people_typed_is_no_markup_in_a_bound_paper_either():
    book, _told = bound(1, paragraphs=("#panic() $x$ *b* @a",))
    assert "#panic() $x$ *b* @a" in book.pages[0].extract_text()


def test_nothing_cannot_be_bound():
    with pytest.raises(ValueError, match="no papers"):
        pdf.bind([], title="Bộ giấy")
