"""What a pdf page draws beside its text: ruling lines and pictures."""

from __future__ import annotations

from ctypes import byref, c_float, c_int
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from luoshi.core.document.page_drawn import Drawn
from luoshi.core.document.page_geometry import Transform, add_outline

# A page with more outlines, or an outline with more points, than this is a map: the rest is not looked at.
_MOST_SHAPES, _MOST_SEGMENTS = 20_000, 5_000
# Forms lie in forms; deeper than this they are not looked at.
_MOST_NESTING = 8


def add_objects(drawn: Drawn, objects: list[Any], transform: Transform, depth: int = 0) -> None:
    """Add ruling lines, pictures and outlines to what is drawn on a page.

    Args:
        drawn: takes them.
        objects: pdfium's page objects.
        transform: from their space to the displayed page.
        depth: how many forms they lie in.
    """
    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _add_path(drawn, item, _matrix(item).then(transform))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            # A picture fills the unit square of its space.
            a, b, c, d, _, _ = _matrix(item).then(transform)
            drawn.pictures += abs(a * d - b * c)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_NESTING:
            count = raw.FPDFFormObj_CountObjects(item)
            inner = [raw.FPDFFormObj_GetObject(item, index) for index in range(max(count, 0))]
            add_objects(drawn, inner, _matrix(item).then(transform), depth + 1)


def _add_path(drawn: Drawn, item: Any, transform: Transform) -> None:
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
    drawn.shapes += 1
    count = raw.FPDFPath_CountSegments(item)
    if drawn.shapes > _MOST_SHAPES or count > _MOST_SEGMENTS or not (fill.value or stroke.value):
        return
    for points in _subpaths(item, count, transform):
        add_outline(drawn.rules, points, stroke=bool(stroke.value))


def _matrix(item: Any) -> Transform:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return Transform()
    return Transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _subpaths(item: Any, count: int, transform: Transform) -> list[list[tuple[float, float]]]:
    """The straight-lined parts of a path, closed ones with their first point again at the end.

    Curves are left out: a rounded corner does not hide the straight sides.
    """
    paths: list[list[tuple[float, float]]] = []
    first: tuple[float, float] | None = None
    x, y = c_float(), c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = transform.at(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO and paths:
            paths[-1].append(point)
        else:
            paths.append([point])
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        if first is not None and raw.FPDFPathSegment_GetClose(segment):
            paths[-1].append(first)
    return [path for path in paths if len(path) > 1]
