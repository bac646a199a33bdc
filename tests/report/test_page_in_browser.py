"""The report's page in a real browser: links, search, sorting, Chinese without a system font, a phone, paper.

The page is made of the stored notebook, so no kernel runs here; that `report.make` writes such a page is tested there.
"""

import pypdfium2
import pytest

from policycmp.errors import PolicyError
from policycmp.report import browser, notebooks, page
from policycmp.shown import sentences


@pytest.fixture(scope="module")
def index(shipped, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    book = notebooks.read(notebooks.shipped()["report"])
    notebooks.speak(book, "zh")
    path = folder / "index.html"
    path.write_text(page.render(book, shipped, folder / "figures"), encoding="utf-8")
    return path


@pytest.fixture
def shown(tab, index):
    """The page, open; at the end nothing may have gone wrong in it, nor anything been asked of another file."""
    tab.page.emulate_media(reduced_motion="reduce")
    tab.page.goto(index.as_uri())
    yield tab.page
    assert tab.troubles == []
    assert [url for url in tab.requests if not url.startswith("data:")] == [index.as_uri()]


FOLLOWED = """() => {
    const wrong = [], seen = new Set();
    for (const link of document.querySelectorAll('a[href^="#"]')) {
        if (seen.has(link.hash)) continue;
        seen.add(link.hash);
        scrollTo(0, 0);
        link.click();
        const place = document.querySelector(":target"), top = place?.getBoundingClientRect().top;
        const end = scrollY + innerHeight >= document.body.scrollHeight - 1;
        const there = place && `#${place.id}` === link.getAttribute("href");
        if (!there || top < -1 || (top > 40 && !end)) wrong.push(`${link.outerHTML}: ${place?.id} at ${top}`);
    }
    return [seen.size, wrong];
}"""


def test_every_link_within_the_page_leads_to_its_place(shown, shipped):
    tried, wrong = shown.evaluate(FOLLOWED)
    assert wrong == []
    assert tried >= len(shipped.left.clauses) + len(shipped.right.clauses)


def test_a_number_leads_to_its_sentence(shown, shipped):
    target = shipped.target_pairs.iloc[0]["left_clause"]
    table = shown.locator("h3:has-text('并列的目标与原文') ~ .scroll table").first
    table.get_by_role("link", name=f"第{target}条", exact=True).first.click()
    place = shown.locator(":target")
    assert place.is_visible()
    assert shipped.left.targets.iloc[0]["clause"] is not None
    quote = shipped.left.targets.set_index("target").loc[shipped.target_pairs.iloc[0]["left_target"], "as_written"]
    assert quote in place.locator("mark").all_inner_texts()
    assert place.evaluate("place => getComputedStyle(place).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_table_is_searched(shown):
    box = shown.locator("input.find[placeholder='在表中查找']:visible").first
    table = box.locator("xpath=following-sibling::*[1]//table")
    every = table.locator("tbody tr").all_inner_texts()
    box.fill(" 孵化器 ")
    found = table.locator("tbody tr:visible").all_inner_texts()
    assert found == [row for row in every if "孵化器" in row] and 0 < len(found) < len(every)
    box.fill("没有这样的字")
    assert table.locator("tbody tr:visible").count() == 0
    box.fill("")
    assert table.locator("tbody tr:visible").count() == len(every)


def test_a_table_is_sorted_by_a_click(shown):
    head = shown.locator("h3:has-text('条款对照表') ~ .scroll th:has-text('相似度')").first
    table = head.locator("xpath=ancestor::table")
    column = head.evaluate("head => head.cellIndex")

    def values():
        cells = table.locator(f"tbody td:nth-child({column + 1})").all_inner_texts()
        return [float(cell) for cell in cells if cell]

    before = values()
    head.click()
    assert values() == sorted(before) != before
    assert head.get_attribute("aria-sort") == "ascending"
    head.click()
    assert values() == sorted(before, reverse=True)
    table.locator("th").first.click()
    assert head.get_attribute("aria-sort") is None


def test_the_reader_is_searched_whatever_the_width_of_a_sign(shown):
    box, pairs = shown.get_by_role("searchbox", name="在条款中查找"), shown.locator(".pair")
    every = pairs.all_inner_texts()
    for words, plain in (("孵化器", "孵化器"), ("（2025", "(2025"), ("(2025", "(2025"), ("５c", "5c")):
        box.fill(words)
        found = shown.locator(".pair:visible").all_inner_texts()
        assert found == [text for text in every if plain in text.lower().replace("（", "(")]
        assert 0 < len(found) < len(every)
        assert shown.locator("output").inner_text() == f"{len(found)} / {len(every)}"
    assert shown.locator(".reader section:visible").count() == 1
    box.fill("")
    assert shown.locator(".pair:visible").count() == len(every)


def test_the_reader_shows_only_pairs_whose_targets_differ(shown):
    shown.get_by_label("只看目标数值不同的").check()
    assert shown.locator(".pair:visible").count() == shown.locator(".pair.differ").count() > 0
    shown.get_by_label("只看目标数值不同的").uncheck()
    assert shown.locator(".pair:visible").count() == shown.locator(".pair").count()


def test_what_only_one_side_says_is_heard_too(shown):
    said = "mark => [getComputedStyle(mark, '::before').content, getComputedStyle(mark).textDecorationLine]"
    assert shown.locator(".pair u").first.evaluate(said) == ['"[只此一方："', "underline"]


DRAWN = """async ([family, weight]) => {
    await document.fonts.load(`${weight} 40px ${family}`, "龙湾");
    const draw = (text) => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 60 });
        const pen = canvas.getContext("2d");
        pen.font = `${weight} 40px ${family}`;
        pen.fillText(text, 5, 45);
        return pen.getImageData(0, 0, 60, 60).data.join();
    };
    return new Set([..."龙湾鹿城\ue0ff"].map(draw)).size;
}"""


@pytest.mark.parametrize("weight", [400, 700])
def test_chinese_is_drawn_without_a_font_of_the_system(shown, weight):
    """Each character has its own shape, but for the system's font all are the same box."""
    assert shown.evaluate(DRAWN, ["sans-serif", weight]) == 1, "the browser found a Chinese font: it proves nothing"
    family = shown.evaluate("getComputedStyle(document.body).fontFamily.split(',')[0]")
    assert shown.evaluate(DRAWN, [family, weight]) == 5


WIDE = """[...document.querySelectorAll("main *")].filter((one) => !one.closest(".scroll"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", [390, 1280])
def test_no_width_makes_the_page_scroll_sideways(shown, width):
    shown.set_viewport_size({"width": width, "height": 844})
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    left, right = (shown.locator(f".pair .{side}").first.bounding_box() for side in ("left", "right"))
    assert (left["x"] == right["x"]) == (width == 390)
    assert shown.evaluate(WIDE) == []


def test_paper_shows_the_text_and_not_what_needs_a_screen(shown):
    shown.emulate_media(media="print")
    for part in ("nav", ".tools", ".find", "details"):
        assert shown.locator(part).count() and not shown.locator(f"{part}:visible").count(), part
    assert shown.locator(".pair:visible").count() == shown.locator(".pair").count()
    assert shown.locator(".pair u").first.evaluate("mark => getComputedStyle(mark, '::before').content") == "none"


def test_the_pdf_holds_the_chinese_text_on_a4(chromium, index, shipped, tmp_path):
    path = browser.print_pdf(index, tmp_path / "deep" / "report.pdf")
    assert [one.name for one in path.parent.iterdir()] == ["report.pdf"]
    with pypdfium2.PdfDocument(path) as pdf:
        assert len(pdf) > 1
        texts = ["".join(one.get_textpage().get_text_range().split()) for one in pdf]
        assert all(abs(a - b) < 1 for one in pdf for a, b in zip(one.get_size(), (595.3, 841.9), strict=True))
    for line in repr(sentences.findings(shipped)).splitlines():
        assert "".join(line.partition(". ")[2].split()) in "".join(texts[:2])
    text = "".join(texts)
    assert "在条款中查找" not in text and "[只此一方" not in text and "file://" not in text
    for side in (shipped.left, shipped.right):
        for row in side.clauses.itertuples():
            assert text.count("".join(row.title.split())) > 1


def test_printing_what_is_not_there_is_one_line(tmp_path, monkeypatch):
    with pytest.raises(PolicyError, match=r"index\.html: no such page; run make report first"):
        browser.print_pdf(tmp_path / "index.html", tmp_path / "x.pdf")
    (tmp_path / "index.html").write_text("<p>", encoding="utf-8")
    monkeypatch.setattr(browser, "find", lambda: None)
    with pytest.raises(PolicyError, match="no browser to print with was found; install one of chromium, "):
        browser.print_pdf(tmp_path / "index.html", tmp_path / "x.pdf")
    for program in ("false", "true"):
        monkeypatch.setattr(browser, "find", lambda program=program: program)
        with pytest.raises(PolicyError, match=f"{program}: printed nothing"):
            browser.print_pdf(tmp_path / "index.html", tmp_path / "x.pdf")
    assert [one.name for one in tmp_path.iterdir()] == ["index.html"]
