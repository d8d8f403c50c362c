"""The small stored study, made once; the pages of the samples, and a browser to look at them."""

from __future__ import annotations

import pytest

from tests.brief.rendered import browser, sampled, web_page  # noqa: F401
from tests.brief.small import Small, make_small


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A base and two reforms of the small port, stored with their boxes."""
    return make_small(tmp_path_factory.mktemp("small"))
