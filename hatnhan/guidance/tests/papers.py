"""Files as people hand them in, and documents as they stand in a register."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from pypdf import PdfWriter

from hatnhan.accounts.actors import MACHINE
from hatnhan.documents import pdf
from hatnhan.documents.types import Paper
from hatnhan.guidance.actions import register
from hatnhan.guidance.actions.register import DocumentData

NOW = datetime(2018, 11, 5, 2, 0, tzinfo=UTC)
BY = {"by": MACHINE, "at": NOW}


def data(number="05-CT/TW", issued_on=date(2016, 5, 15), subject="Đẩy mạnh học tập và làm theo Bác", **more):
    return DocumentData("directive", "Bộ Chính trị", number, issued_on, subject, **more)


def registered(unit, number="05-CT/TW", issued_on=date(2016, 5, 15), subject="Đẩy mạnh học tập", **more):
    return register.register_document(**BY, unit=unit, data=data(number, issued_on, subject, **more))


def upload(content, name="van-ban.pdf"):
    return SimpleUploadedFile(name, content)


def pdf_of(*paragraphs):
    paper = Paper("Tỉnh ủy", "Xã ủy", "Tam Hồng", date(2018, 1, 5), "Kế hoạch", paragraphs=paragraphs)
    return pdf.render(paper)


def scan(pages=2):
    return written(PdfWriter(), pages)


def locked(key="chìa"):
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt(user_password=key, owner_password="chủ", algorithm="AES-256")
    return written(writer, 0)


def written(writer, pages):
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


#: A text box as Word writes one, twice: for programs that know the newer form and for those that do not.
_BOX = (
    f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    " xmlns:v='urn:schemas-microsoft-com:vml'><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def boxed(text):
    """Return a Word file whose first paragraph holds a text box."""
    word = Word()
    box = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    word.add_paragraph("Số 12-BC/ĐU").runs[0].element.addnext(parse_xml(_BOX.format(box=box)))
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def headed(text):
    """Return a Word file with a table in the head of its pages."""
    word = Word()
    header = word.sections[0].header
    header.add_table(1, 2, Cm(10)).rows[0].cells[1].text = text
    word.add_paragraph("Báo cáo")
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def word_of(*paragraphs, header=""):
    word = Word()
    for text in paragraphs:
        word.add_paragraph(text)
    if header:
        word.sections[0].header.paragraphs[0].text = header
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()
