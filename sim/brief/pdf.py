"""A brief as PDF by typst: tagged, for archives (PDF/A-2a) and screen readers (PDF/UA-1), the same bytes each time."""

from __future__ import annotations

from typing import Any

from sim.brief.model import Brief
from sim.brief.page import moment
from sim.brief.typeset import Sheet, compiler, fitted, page_data

STANDARDS: Any = ["a-2a", "ua-1"]


def pdf(brief: Brief) -> bytes:
    """Return the PDF. Its text must have passed `characters.check`.

    The body is set as large as two pages allow; if it does not fit at the smallest size that reads well, it is set at
    that size on more pages.
    """
    sheet = Sheet()
    setter = compiler(page_data(brief, sheet), fitted(brief, sheet))
    made = setter.compile(format="pdf", pdf_standards=STANDARDS, timestamp=int(moment(brief).timestamp()))
    assert isinstance(made, bytes)
    return made
