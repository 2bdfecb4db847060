"""Word documents (docx): paragraphs with their automatic numbers, tables, notes and text boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.document.container import open_container
from luoshi.core.document.docx_numbering import Numbering
from luoshi.core.document.docx_styles import ParagraphLook, Styles, paragraph_look
from luoshi.core.document.docx_tables import read_table
from luoshi.core.document.docx_text import ALTERNATE, Fields, ParagraphText, chosen
from luoshi.core.document.errors import ScannedDocument, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, ParagraphPlace, Piece, RawTable, Run, Style
from luoshi.core.document.ooxml import Package, W
from luoshi.core.document.xml_parts import stream_xml
from luoshi.core.errors import Phrase

_PARAGRAPH = f"{W}p"
_TABLE = f"{W}tbl"
_CONTROL = f"{W}sdt"
_CHUNK = f"{W}altChunk"
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag", "footnote", "endnote")
)
_BLOCKS = (_PARAGRAPH, _TABLE, _CONTROL, _CHUNK, ALTERNATE, *sorted(_WRAPPERS))
_QUOTE = 40

Block = Piece | RawTable


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """What a reader of a Word document sees in its pages, without running heads and feet.

    Automatic numbers and bullets become text with the offset -1. Tracked changes are taken as accepted,
    fields by their results; tables of contents and hidden text are left out. Text boxes follow the paragraph
    that they are anchored in, footnotes and endnotes the body. A line or page break ends a piece but not a
    paragraph: the offsets of the next piece go on behind it.

    Args:
        data: the whole file.
        file: its name, for error messages.
        limits: `bytes` and `seconds` are the caller's, the others are kept here.

    Returns:
        Paragraphs that are not empty, and tables. Notes: `nested-table` (its text was put into the cell
        around it), `hidden-cell` (text that a merged cell covers was left out), `embedded-part` (a document
        inside the document was not read), `missing-note` (a footnote that is referred to is not there).

    Raises:
        EncryptedDocument, DamagedDocument, SuspiciousContent, TooLarge, ScannedDocument.
    """
    package = Package(open_container(data, file=file, limits=limits))
    return _Reader(package, file, limits).read()


@dataclass(slots=True)
class _Flow:
    """Paragraphs that follow each other: the body, a cell, a text box; `held` waits for the next one."""

    part: str
    blocks: list[Block] = field(default_factory=list)
    held_text: str = ""
    held_runs: tuple[Run, ...] = ()
    held_style: Style = field(default_factory=Style)


class _Reader:
    def __init__(self, package: Package, file: str, limits: Limits) -> None:
        self._package, self._file, self._limits = package, file, limits
        self._main = package.main_part("word/document.xml")
        self._styles = Styles(self._side_part("styles"))
        self._numbering = Numbering(self._side_part("numbering"), self._styles.numbering_list)
        self._fields = Fields(balanced=True)
        self._paragraphs: Counter[str] = Counter()
        self._references: dict[tuple[str, str], None] = {}
        self._notes: list[tuple[str, str]] = []
        self._characters = self._cells = self._pictures = 0

    def read(self) -> Extract:
        body = _Flow("body")
        data, file, limits = self._package.read(self._main), self._file, self._limits
        self._fields = Fields(balanced=data.count(b'"begin"') == data.count(b'"end"'))
        for block in stream_xml(
            data, _BLOCKS, under=(f"{W}body",), part=self._main, file=file, limits=limits
        ):
            self._block(block, body)
        self._end(body)
        if self._fields.unended_contents:
            raise self._package.damaged("目录域没有结束", "a table of contents has no end")
        blocks = [*body.blocks, *self._footnotes("footnotes"), *self._footnotes("endnotes")]
        if not blocks and self._pictures:
            raise ScannedDocument(file=self._file, page=1)
        return Extract("docx", tuple(blocks), self._package.properties(), tuple(self._notes))

    # --- blocks ---------------------------------------------------------------------------------------

    def _children(self, parent: Iterable[etree._Element], flow: _Flow) -> None:
        for child in parent:
            self._block(child, flow)

    def _block(self, element: etree._Element, flow: _Flow) -> None:
        tag = element.tag
        if tag == _PARAGRAPH:
            self._paragraph(element, flow)
        elif tag == _TABLE:
            self._end(flow)
            flow.blocks.append(self._table(element, flow.part))
        elif tag == _CONTROL:
            if not _is_contents_control(element):
                for content in element.iterchildren(f"{W}sdtContent"):
                    self._children(content, flow)
        elif tag == ALTERNATE:
            for branch in chosen(element):
                self._children(branch, flow)
        elif tag in _WRAPPERS:
            self._children(element, flow)
        elif tag == _CHUNK:
            self._note("embedded-part", "altChunk")

    def _table(self, element: etree._Element, part: str) -> RawTable:
        table = read_table(element, lambda cell: self._cell(cell, part), self._hidden_cell)
        self._cells += table.rows * table.columns - len(table.cells)
        self._check_cells()
        return table

    def _cell(self, element: etree._Element, part: str) -> tuple[Piece, ...]:
        self._cells += 1
        self._check_cells()
        flow = _Flow(part)
        self._children(element, flow)
        self._end(flow)
        pieces: list[Piece] = []
        for block in flow.blocks:
            if isinstance(block, RawTable):
                inner = [piece for cell in block.cells for piece in cell.pieces]
                self._note("nested-table", inner[0].text[:_QUOTE] if inner else "")
                pieces.extend(inner)
            else:
                pieces.append(block)
        return tuple(pieces)

    def _hidden_cell(self, cell: etree._Element) -> None:
        text = "".join(part.text or "" for part in cell.iter(f"{W}t")).strip()
        if text:
            self._note("hidden-cell", text[:_QUOTE])

    # --- paragraphs -----------------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element, flow: _Flow) -> None:
        index = self._paragraphs[flow.part]
        self._paragraphs[flow.part] += 1
        look = self._look(element)
        content = ParagraphText(self._styles, self._fields, look.look)
        contents_before = self._fields.unended_contents
        text = content.read(element)
        self._fields.end_paragraph()
        if look.contents or (contents_before and not text):
            return
        for reference in content.notes:
            self._references.setdefault(reference)
        self._pictures += content.pictures
        place = ParagraphPlace(flow.part, index, 0)
        runs: tuple[Run, ...] = (Run(len(text), place),) if text else ()
        style = content.style(look.align, look.heading)
        if look.mark_gone:
            self._hold(flow, text, runs, style)
        else:
            text, runs = flow.held_text + text, flow.held_runs + runs
            flow.held_text, flow.held_runs = "", ()
            label = self._numbering.label(look.list_id, look.level, look.style, text)
            if label:
                text = label + text
                runs = (Run(len(label), ParagraphPlace(flow.part, index, -1)), *runs)
            self._emit(flow, text, runs, style)
        for box in content.boxes:
            self._text_box(box, flow)

    def _look(self, element: etree._Element) -> ParagraphLook:
        properties = element.find(f"{W}pPr")
        if properties is None:
            return self._styles.paragraph("")
        named = properties.find(f"{W}pStyle")
        style = self._styles.paragraph(named.get(f"{W}val", "") if named is not None else "")
        return paragraph_look(properties, style)

    def _text_box(self, box: etree._Element, flow: _Flow) -> None:
        inner = _Flow("textbox")
        self._children(box, inner)
        self._end(inner)
        if inner.blocks:
            self._end(flow)
            flow.blocks.extend(inner.blocks)

    def _hold(self, flow: _Flow, text: str, runs: tuple[Run, ...], style: Style) -> None:
        """Keep the text of a paragraph whose end is deleted: it belongs to the next one."""
        flow.held_style = flow.held_style if flow.held_text else style
        flow.held_text += text
        flow.held_runs += runs

    def _emit(self, flow: _Flow, text: str, runs: tuple[Run, ...], style: Style) -> None:
        self._characters += len(text)
        if self._characters > self._limits.characters:
            raise self._too_large(
                Phrase("字数", "a number of characters"), self._limits.characters, "LUOSHI_LIMIT_CHARACTERS"
            )
        if "\n" not in text:
            if text:
                flow.blocks.append(Piece(text, runs, style))
            return
        start = 0
        for line in text.split("\n"):
            if line:
                flow.blocks.append(Piece(line, _cut(runs, start, start + len(line)), style))
            start += len(line) + 1

    def _end(self, flow: _Flow) -> None:
        """No paragraph follows: what was held stands alone."""
        if flow.held_text:
            text, runs = flow.held_text, flow.held_runs
            flow.held_text, flow.held_runs = "", ()
            self._emit(flow, text, runs, flow.held_style)

    # --- notes and bounds -----------------------------------------------------------------------------

    def _footnotes(self, part: str) -> list[Block]:
        """The footnotes (or endnotes) that the text refers to, in the order of reference."""
        wanted = [identifier for kind, identifier in self._references if kind == part]
        if not wanted:
            return []
        root = self._side_part(part)
        found = {note.get(f"{W}id", ""): note for note in root} if root is not None else {}
        flow = _Flow(part)
        for identifier in wanted:
            if identifier in found:
                self._children(found[identifier], flow)
                self._end(flow)
            else:
                self._note("missing-note", identifier)
        return flow.blocks

    def _side_part(self, kind: str) -> etree._Element | None:
        """The root of a part that the body relies on, or None where the file has none."""
        name = self._package.related(self._main, kind)
        if not name and f"word/{kind}.xml" in self._package.container:
            name = f"word/{kind}.xml"
        return self._package.xml(name) if name else None

    def _note(self, code: str, quote: str) -> None:
        if len(self._notes) < 1_000:
            self._notes.append((code, quote))

    def _check_cells(self) -> None:
        if self._cells > self._limits.cells:
            raise self._too_large(
                Phrase("单元格数", "a number of cells"), self._limits.cells, "LUOSHI_LIMIT_CELLS"
            )

    def _too_large(self, what: Phrase, limit: int, setting: str) -> TooLarge:
        return TooLarge(file=self._file, what=what, size=f">{limit}", limit=limit, setting=setting)


def _cut(runs: tuple[Run, ...], start: int, end: int) -> tuple[Run, ...]:
    cut, at = [], 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, run.length)
        if first < last:
            cut.append(run.cut(first, last))
        at += run.length
    return tuple(cut)


def _is_contents_control(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
