"""A brief from stored results: it says what was found, in either language, and nothing that was not."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from sim.brief.annex_release import release
from sim.brief.answer import answer
from sim.brief.build import Options, build
from sim.brief.effects import clock_table
from sim.brief.model import Heading, Paragraph, Picture, Table, numbers, texts
from sim.brief.study import study
from sim.errors import OutputError, RunError
from sim.experiment import ScenarioResult
from sim.words import LANGS, Lang, say
from tests.brief.small import COMMAND, DATED, Small
from tests.brief.words_of import commands, lead, number, plain, said, spelled, table

OF_BOTH = r"“[^”]*”|customs-S\d+|P\d\d|[a-z_]+(\.[a-z_0-9]+)+|"
NAMES = {
    "en": OF_BOTH + r"95 %|48 h|measures? [\d, and]+|Small port[^.,;:]*|Package|of \d{4}",
    "zh": OF_BOTH + r"95%|48 小时|第 [\d、]+ 项措施|第十项",
}
"""What may hold digits in words: titles, percentiles, measures of the plan, values of the model."""

TITLE = "<b>Mine</b>"
NO_NUMBERS = frozenset({"sources", "stress", "held"})
"""Tables whose words are of documents, versions and digests."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("names", [("package",), ("two_step", "package")])
def test_every_digit_on_the_pages_is_a_number_with_an_origin(small: Small, lang: Lang, names: tuple[str, ...]) -> None:
    brief = small.brief(lang, *names, title=TITLE if len(names) > 1 else None)
    for block in brief.blocks:
        if isinstance(block, Table) and block.key in NO_NUMBERS:
            continue
        for text in texts(block):
            if spelled(text) in (*commands(brief.blocks), brief.title):
                continue
            words = re.sub(NAMES[lang], "", plain(text))
            assert not re.search(r"\d", re.sub(r"[≤ ]?\b48\b|Holm|h24", "", words)), words


@pytest.mark.parametrize("lang", LANGS)
def test_the_answer_says_hours_per_cent_and_interval(small: Small, lang: Lang) -> None:
    brief = small.brief(lang, "package")
    words = lead(brief)
    row = next(row for row in table(brief, "effects").rows)
    base, change, relative = row[1], row[2], row[3]
    assert number(base).text in words
    assert number(change).text.lstrip("−") in words
    assert number(relative).text.lstrip("−") in words
    assert ("95 % interval" if lang == "en" else "95%置信区间") in words


def test_both_clocks_and_both_bounds_of_the_value_are_told(small: Small) -> None:
    words = said(small.brief("en", "package").body)
    for part in ("Overall clearance time", "Port release time", "0.6 to 2.1 % of their value a day", "capital"):
        assert part in words, part
    words = said(small.brief("zh", "package").body)
    for part in ("整体通关时间", "口岸放行时间", "货值的0.6%至2.1%", "占用资金"):
        assert part in words, part


@pytest.mark.parametrize("lang", LANGS)
def test_two_pages_hold_what_is_said(small: Small, lang: Lang) -> None:
    brief = small.brief(lang, "package")
    words = said(brief.body)
    size = len(re.findall(r"[\u4e00-\u9fff]", words)) if lang == "zh" else len(words.split())
    assert size < (1500 if lang == "zh" else 800)
    kinds = [type(block) for block in brief.body]
    assert (kinds.count(Table), kinds.count(Picture)) == (2, 2)


@pytest.mark.parametrize("lang", LANGS)
def test_headings_are_in_order_and_the_annex_is_whole(small: Small, lang: Lang) -> None:
    brief = small.brief(lang, "package")
    levels = [block.level for block in brief.blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    keys = [block.key for block in brief.annex if isinstance(block, Table)]
    expected = ["trade", "release_import_base", "release_export_base", "release_import_reform", "release_export_reform"]
    assert keys == [*expected, "changes_0", "sources", "stress"]
    assert commands(brief.annex) == [COMMAND]
    shown = [block for block in brief.blocks if isinstance(block, Table | Picture)]
    assert len({block.key for block in shown}) == len(shown)


@pytest.mark.parametrize("lang", LANGS)
def test_tables_are_as_wide_as_their_heads(small: Small, lang: Lang) -> None:
    for block in small.brief(lang, "two_step", "package", title=TITLE).blocks:
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} == {len(block.heads)} == {len(block.numeric)} == {len(block.widths)}
            assert sum(block.widths) == pytest.approx(1)
            assert all(spelled(cell) for row in block.rows for cell in row), block.key


def test_chinese_is_set_in_chinese_punctuation(small: Small) -> None:
    for block in small.brief("zh", "package").body:
        for text in texts(block):
            if spelled(text) not in commands(small.brief("zh", "package").body):
                assert not re.search(r"[\u4e00-\u9fff][,;:()]|[,;()][\u4e00-\u9fff]", plain(text)), plain(text)


def test_several_reforms_are_compared_and_the_table_has_all(small: Small) -> None:
    brief = small.brief("en", "two_step", "package", title=TITLE)
    assert brief.title == TITLE
    assert lead(brief).startswith("Of the 2 reforms compared, package takes most off")
    heads = [spelled(row[0]) for row in table(brief, "effects").rows]
    assert [head.partition(":")[0] for head in heads] == ["Two-step declaration"] * 4 + ["Package"] * 4
    assert "by two-step declaration" in table(brief, "groups").caption
    assert "changes_1" in [block.key for block in brief.annex if isinstance(block, Table)]


def test_what_the_reform_assumes_carries_its_mark_and_what_it_does_not_does_not(small: Small) -> None:
    brief = small.brief("en", "package")
    assert table(brief, "effects").heads[1].endswith("†")
    assert table(brief, "effects").heads[2].endswith("‡")
    assert {number.mark for number in numbers(brief) if number.origin.part == "size_at_low_price"} == {"‡"}
    assert all(number.mark == "" for number in numbers(brief) if number.origin.kind == "count")


def test_a_base_alone_is_refused_with_the_remedy(small: Small) -> None:
    with pytest.raises(RunError, match="only one scenario is named\n    -> name the reform after the base"):
        build(small.named(), small.root, "en", Options(DATED, COMMAND))


def test_too_many_reforms_and_the_same_run_twice_are_refused(small: Small) -> None:
    base, package = small.named("package")
    with pytest.raises(RunError, match="5 reforms at most, and 6 are named"):
        build([base, *[package] * 6], small.root, "en", Options(DATED, COMMAND))
    with pytest.raises(RunError, match="package is the same run as package"):
        build([base, package, package], small.root, "en", Options(DATED, COMMAND))


def test_runs_of_other_draws_are_refused(small: Small) -> None:
    base, package = small.named("package")
    other = replace(package, scenario=replace(package.scenario, seed=2))
    with pytest.raises(RunError, match="their draws are not common"):
        build([base, other], small.root, "en", Options(DATED, COMMAND))


def test_results_of_nothing_are_refused(small: Small) -> None:
    base, package = small.named("package")
    empty = [replace(one, outcomes=tuple(replace(o, metrics=()) for o in one.outcomes)) for one in (base, package)]
    with pytest.raises(RunError, match="no box of import or export"):
        build(empty, small.root, "en", Options(DATED, COMMAND))


def test_boxes_that_are_not_stored_are_missed_with_the_remedy(small: Small, tmp_path: Path) -> None:
    root = tmp_path / "results"
    shutil.copytree(small.root, root)
    digest = small.results["base"].scenario.digest
    (root / digest / "0" / "boxes.parquet").unlink()
    with pytest.raises(OutputError, match="has its boxes stored"):
        list(release(study(small.named("package"), root, "en", Options(DATED, COMMAND))))


@pytest.mark.parametrize("lang", LANGS)
def test_one_replication_shows_nothing(small: Small, lang: Lang) -> None:
    one = [ScenarioResult(result.scenario, result.outcomes[:1]) for result in small.named("package")]
    about = study(one, small.root, lang, Options(DATED, COMMAND))
    first = "".join(spelled(block.text) for block in answer(about) if isinstance(block, Paragraph))
    assert ("is not shown" if lang == "en" else "未显示出") in first
    words = {spelled(cell) for row in clock_table(about).rows for cell in row[2:]}
    assert words <= {say("brief.cell.no_interval", lang), "–"}
