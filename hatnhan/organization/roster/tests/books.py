"""Makes real files of every kind for the tests, with the libraries that offices' programs stand for."""

from __future__ import annotations

import csv
import zipfile
from datetime import date

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

ON = date(2018, 10, 29)
HEADING = ["STT", "Số thẻ", "Họ và tên", "Ngày sinh", "Giới tính", "Ngày vào Đảng", "Chính thức", "Chi bộ"]
AN = [1, "00 000 001", "Nguyễn Văn An", "5/11/1965", "Nam", "3/2/1990", "3/2/1991", "Thôn Chùa"]
BE = [2, "00 000 002", "Lê Thị Bé", "1970", "Nữ", "19/5/1995", "19/5/1996", "Thôn Lầy"]


def save_xlsx(path, rows, *, merges=(), sheets=None):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in (sheets or {"Sheet1": rows}).items():
        sheet = book.create_sheet(title)
        for at, row in enumerate(lines, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(at, column, value)
        for span in merges:
            sheet.merge_cells(span)
    book.save(path)
    return path


def save_xls(path, rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    days = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(at, column, value, days)
            elif value is not None:
                sheet.write(at, column, value)
    book.save(str(path))
    return path


def save_ods(path, rows):
    book = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def _ods_cell(value):
    if value is None:
        return TableCell()
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, int):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def save_csv(path, rows, *, encoding="utf-8", delimiter=","):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(["" if v is None else v for v in row] for row in rows)
    return path


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def ods_row(*texts, times=1, filler=""):
    """Return a row as XML, repeated as LibreOffice writes repetition; ``filler`` are attributes of 16384 more cells."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts
    )
    more = f'<table:table-cell table:number-columns-repeated="16384" {filler}/>'
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}{more}</table:table-row>'


def save_raw_ods(path, *rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", _ODS.format("".join(rows)))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def save_raw_xlsx(path, sheet_data, **more):
    """Write a workbook whose sheet is given as XML, for files that no office program would write."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            f"{sheet_data}</sheetData></worksheet>",
        )
        for name, content in more.items():
            archive.writestr(name, content)
    return path
