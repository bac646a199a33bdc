"""The report's page in a real browser: links, search, sorting, Chinese without a system font, a phone, paper.

The page is made of the stored notebook, so no kernel runs here; that `report.make` writes such a page is tested there.
"""

import re

import browser as browsers
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from policycmp.errors import PolicyError
from policycmp.report import browser
from policycmp.report.page import webfont
from policycmp.shown import sentences

# To open the page takes seconds: all tests share it, and each finds it as it was opened.
AFRESH = """() => {
    for (const form of document.querySelectorAll("form.tools")) {
        form.reset();
        form.dispatchEvent(new Event("input"));
    }
    for (const list of document.querySelectorAll(".sorting")) {
        list.value = "";
        list.dispatchEvent(new Event("change"));
    }
    for (const one of document.querySelectorAll("main details[open]")) one.open = false;
    document.activeElement.blur();
    location.hash = "";
    scrollTo(0, 0);
}"""


@pytest.fixture(scope="module")
def opened(chromium, paged):
    with browsers.tab(chromium) as found:
        found.page.goto(paged.as_uri())
        yield found


@pytest.fixture
def shown(opened, paged):
    """The page, open; at the end nothing may have gone wrong in it, nor anything been asked of another file."""
    page = opened.page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="reduce")
    page.mouse.move(0, 0)
    page.evaluate(AFRESH)
    yield page
    assert opened.troubles == []
    assert [url for url in opened.requests if not url.startswith("data:")] == [paged.as_uri()]


FOLLOWED = """(step) => {
    const wrong = [], links = new Map([...document.querySelectorAll('a[href^="#"]')].map((link) => [link.hash, link]));
    const tried = [...links.values()].filter((link, number) => number % step === 0);
    for (const link of tried) {
        scrollTo(0, 0);
        link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        const place = document.querySelector(":target"), box = place?.getBoundingClientRect();
        const end = scrollY + innerHeight >= document.body.scrollHeight - 1;
        const there = place && `#${place.id}` === link.getAttribute("href");
        const astray = box?.top < -1 || box?.top > (place?.closest("tr, mark, svg") || end ? innerHeight : 80);
        if (!there || astray)
            wrong.push(`${link.outerHTML.slice(0, 200)}: ${place?.id} at ${box?.top}`);
    }
    return [tried.length, wrong];
}"""


def test_links_within_the_page_lead_to_their_places(shown):
    tried, wrong = shown.evaluate(FOLLOWED, 10)
    assert wrong == []
    assert tried > 50


def table(page, heading):
    """The table below a heading, with what stands above it."""
    return page.locator(f"h3:has-text('{heading}') ~ .table").first


def rows(frame):
    return frame.locator("tbody tr:visible").all_inner_texts()


def test_a_number_leads_to_its_text_its_row_and_its_pair(shown, shipped):
    frame = table(shown, "并列的目标与原文")
    first = frame.locator("tbody tr").first
    number = first.locator("td a[href*='-n']").first
    said, where = number.inner_text(), number.get_attribute("href")[1:]
    number.click()
    mark = shown.locator(":target")
    assert mark.get_attribute("id") == where and mark.inner_text() in ("16台", said.replace("≥", ""))
    assert mark.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"
    mark.click()
    assert shown.locator(":target").get_attribute("id") == first.get_attribute("id")
    assert shown.locator(":target").is_visible()
    shown.locator(f"section:has(> div [id='{where}']) .to-pair").first.click()
    assert said in shown.locator(".pair:target .about").inner_text()


def test_a_card_shows_the_sentence_of_a_number_and_copies_it(shown, shipped):
    shown.context.grant_permissions(["clipboard-read", "clipboard-write"])
    number = table(shown, "并列的目标与原文").locator("td a[href*='-n']").first
    card = shown.locator("#card")
    number.hover()
    card.wait_for()
    assert "第37条" in card.inner_text() and "16台。" in card.inner_text()
    assert [link.inner_text() for link in card.locator("a").all()][:3] == ["原文", "对读", "表"]
    card.get_by_role("button", name="复制引文").click()
    copied = shown.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"龙湾《{shipped.left.policy.title}》第37条：“") and copied.endswith("16台。”")
    shown.keyboard.press("Escape")
    assert card.count() == 0
    number.focus()
    shown.keyboard.press("Tab")
    shown.keyboard.press("Shift+Tab")
    card.wait_for()
    assert "16台。" in card.inner_text() and "按 ↓ 进入" in card.inner_text()
    shown.keyboard.press("ArrowDown")
    assert shown.locator("#card :focus").inner_text() == "原文"
    shown.keyboard.press("Escape")
    assert card.count() == 0 and shown.locator(":focus").inner_text() == number.inner_text()


def test_a_mark_on_a_chart_shows_its_sentence_and_leads_to_its_clause(shown):
    chart, card = shown.locator("#chart-targets .wide"), shown.locator("#card")
    assert "完成住宅老旧电梯更新改造" in chart.locator("text").all_text_contents()
    mark = chart.locator("[id^='targets:ratio:'] a").last
    mark.focus()
    shown.keyboard.press("Shift+Tab")
    shown.keyboard.press("Tab")
    card.wait_for()
    assert "16台。" in card.inner_text() and "700台。" in card.inner_text()
    assert "16台" in mark.get_attribute("aria-label")
    card.get_by_role("link", name="表").first.click()
    assert "44倍" in shown.locator("tr:target").inner_text()
    shown.locator("tr:target .to-chart").click()
    assert shown.locator(":target").get_attribute("id") == mark.locator("xpath=..").get_attribute("id")
    mark.dispatch_event("click")
    assert "16台" in shown.locator(".pair:target").inner_text()
    for figure in shown.locator("figure[id^='chart-']:has(.chart a)").all():
        figure.locator(".wide a:not([tabindex])").first.hover()
        card.wait_for()
        assert len(card.locator("[lang='zh-CN']").first.inner_text()) > 8
        shown.keyboard.press("Escape")


def test_a_table_is_searched_filtered_and_saved(shown, tmp_path):
    frame = table(shown, "条款对照表")
    every, box = rows(frame), frame.get_by_role("searchbox")
    box.fill(" 孵化器 ")
    found = rows(frame)
    assert found == [row for row in every if "孵化器" in row] and 0 < len(found) < len(every)
    assert frame.locator("output").inner_text() == f"{len(found)} / {len(every)}"
    box.fill("没有这样的字")
    assert rows(frame) == [] and frame.locator(".nothing").is_visible()
    box.fill("")
    frame.get_by_role("combobox", name="关系").select_option("龙湾独有")
    frame.get_by_role("combobox", name="部分").select_option("一")
    assert len(rows(frame)) == 1 and not frame.locator(".nothing").is_visible()
    with shown.expect_download() as saved:
        frame.get_by_role("button", name="所见各行存为 CSV").click()
    assert saved.value.suggested_filename == "龙湾-鹿城 条款对照表 一 龙湾独有.csv"
    saved.value.save_as(tmp_path / "a.csv")
    lines = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and lines[0].startswith('"部分","龙湾","条名"') and "龙湾独有" in lines[1]


SORTED = """() => [...document.querySelectorAll("main .table")].flatMap((frame) => {
    const body = frame.querySelector("tbody"), was = () => [...body.rows].map((row) => row.textContent).join("|");
    const before = was(), wrong = [];
    [...frame.querySelectorAll("th button")].forEach((button, column) => {
        const values = () => [...body.rows].map((row) => row.cells[column]).filter((cell) => cell?.dataset.value)
            .map((cell) => Number(cell.dataset.value));
        for (const sign of [1, -1]) {
            button.click();
            const sorted = values().every((value, row, all) => !row || sign * (value - all[row - 1]) >= 0);
            if (!sorted) wrong.push(button.textContent);
        }
        button.click();
        if (was() !== before) wrong.push(`${button.textContent} is not as it was`);
    });
    return wrong;
})"""


def test_every_table_sorts_by_value_and_back_by_mouse_and_by_keyboard(shown):
    assert shown.evaluate(SORTED) == []
    frame = table(shown, "每笔安排与原文")
    before, head = rows(frame), frame.locator("th:has-text('金额')")
    column = head.evaluate("head => head.cellIndex")

    def amounts():
        return frame.locator(f"tbody td:nth-child({column + 1})").all_inner_texts()

    button = head.get_by_role("button")
    button.click()
    assert amounts()[:2] == ["195万元", "1200万元"] and amounts()[-1] == "34.48亿元"
    assert head.get_attribute("aria-sort") == "ascending"
    button.press("Enter")
    assert amounts()[0] == "34.48亿元" and head.get_attribute("aria-sort") == "descending"
    button.press("Enter")
    assert rows(frame) == before and head.get_attribute("aria-sort") is None
    assert frame.locator("th").first.evaluate("head => getComputedStyle(head).position") == "sticky"


def test_the_reader_is_searched_and_filtered(shown):
    reader = shown.locator(".reader")
    box, pairs, count = (
        shown.get_by_role("searchbox", name="在条款中查找"),
        shown.locator(".pair"),
        reader.locator("output"),
    )
    every = pairs.all_inner_texts()
    for words, plain in (("孵化器", "孵化器"), ("（2025", "(2025"), ("５c", "5c")):
        box.fill(words)
        found = shown.locator(".pair:visible").all_inner_texts()
        assert found == [text for text in every if plain in text.lower().replace("（", "(")]
        assert 0 < len(found) < len(every)
        assert count.inner_text() == f"{len(found)} / {len(every)}"
    assert shown.locator(".reader section:visible").count() == 1
    box.fill("没有这样的字")
    assert reader.locator(".nothing").is_visible()
    box.fill("")
    chosen = {"关系": "partial", "类别": "budget", "部分": "8"}
    for name, value in chosen.items():
        reader.get_by_role("combobox", name=name).select_option(value)
        assert 0 < shown.locator(".pair:visible").count() < len(every), name
        reader.get_by_role("combobox", name=name).select_option("")
    shown.get_by_label("只看目标数值不同的").check()
    assert shown.locator(".pair:visible").count() == shown.locator(".pair.differ").count() > 0
    hidden = shown.locator(".pair[hidden]").first.get_attribute("id")
    shown.evaluate("name => { location.hash = name; }", hidden)
    shown.locator(f"[id='{hidden}']").wait_for()


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


HEAVY = """(tags) => [...document.body.querySelectorAll("*")]
    .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .filter((one) => getComputedStyle(one).fontWeight >= 600 && !(one.style.fontWeight >= 600) && !one.closest(tags))
    .map((one) => one.outerHTML.slice(0, 80))"""


def test_only_what_the_font_of_the_page_knows_as_bold_is_bold(shown):
    """The bold font holds the characters of these elements alone: of others some would be missing."""
    assert shown.evaluate(HEAVY, ",".join(webfont.BOLD)) == []


WIDE = """[...document.querySelectorAll("main *")].filter((one) => !one.closest(".scroll"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", [390, 1280])
def test_no_width_makes_the_page_scroll_sideways(shown, width):
    shown.set_viewport_size({"width": width, "height": 844})
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    left, right = (shown.locator(f".pair .{side}").first.bounding_box() for side in ("left", "right"))
    assert (left["x"] == right["x"]) == (width == 390)
    assert shown.evaluate(WIDE) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_the_first_screen_answers_and_a_phone_has_cards_and_charts_of_its_own(shown, width, height):
    shown.set_viewport_size({"width": width, "height": height})
    for line in [*shown.locator(".headlines li").all(), *shown.locator(".pairing .value").all()]:
        box = line.bounding_box()
        assert box["y"] + box["height"] < height
    phone = width == 390
    assert shown.locator("nav ul").is_visible() is not phone
    assert shown.locator(".chart.wide:visible").count() == (0 if phone else shown.locator(".chart.wide").count())
    assert shown.locator(".chart.narrow:visible").count() == (shown.locator(".chart.narrow").count() if phone else 0)
    cell = table(shown, "并列的目标与原文").locator("tbody td").nth(1)
    assert (cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"指标"') is phone
    if phone:
        frame = table(shown, "每笔安排与原文")
        frame.get_by_role("combobox", name="排序").select_option("金额 ↓")
        assert frame.locator("tbody tr").first.locator("td").nth(3).inner_text() == "34.48亿元"
    else:
        shown.evaluate("document.querySelector('#sources').scrollIntoView()")
        shown.wait_for_function("document.querySelector('nav a[aria-current]')?.hash === '#sources'")


def test_a_finger_opens_the_card_where_it_is_led_to(chromium, paged):
    """Nothing hovers over a touch screen."""
    with browsers.tab(chromium, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as phone:
        phone.page.goto(paged.as_uri())
        phone.page.locator(".pairing .value a").first.tap()
        card = phone.page.locator("#card")
        card.wait_for()
        assert "10亿元" in card.inner_text() and card.get_by_role("button", name="复制引文").is_visible()


def test_the_other_language_opens_at_the_same_place_and_charts_have_colours_of_their_own_by_night(shown):
    shown.evaluate("location.hash = 'pair-longwan-1-1-lucheng-1-1'")
    link = shown.locator(".lang a")
    link.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    assert link.get_attribute("href").endswith("index.en.html#pair-longwan-1-1-lucheng-1-1")
    colours = []
    for scheme in ("light", "dark"):
        shown.emulate_media(color_scheme=scheme)
        colours.append(shown.locator("[id='budgets:right:6'] path").first.evaluate("bar => getComputedStyle(bar).fill"))
    assert colours == ["rgb(242, 167, 59)", "rgb(208, 138, 42)"]
    assert shown.locator(".chart svg").first.evaluate("svg => getComputedStyle(svg).filter") == "none"


def test_paper_shows_the_text_and_not_what_needs_a_screen(shown):
    shown.emulate_media(media="print")
    shown.locator("main").evaluate("main => main.querySelector('.cite').focus()")
    for part in ("nav", ".skip", ".tools", ".find", "details", ".cite", ".to-pair"):
        assert shown.locator(part).count() and not shown.locator(f"{part}:visible").count(), part
    assert shown.locator(".pair:visible").count() == shown.locator(".pair").count()
    assert shown.locator(".pair u").first.evaluate("mark => getComputedStyle(mark, '::before').content") == "none"


# What is made by one template many times is looked at in its first pieces: all of it takes a minute.
THINNED = """() => {
    const many = [["tbody", "tr", 2], [".reader", "section", 2], [".source", "section", 2], [".chart svg", "a", 4]];
    many.push([".chart svg", "text, path, use", 12]);
    for (const [whole, part, kept] of many)
        for (const one of document.querySelectorAll(whole))
            [...one.querySelectorAll(part)].slice(kept).forEach((more) => more.remove());
    [...document.querySelectorAll(".chart svg g")].reverse().forEach((one) => one.children.length || one.remove());
}"""


def test_nobody_is_shut_out(shown):
    """The first Tab offers to skip what stands before the text; no violation of axe on a desk, on a phone, by night.

    It is the last to look at the page, of which it takes most away.
    """
    shown.keyboard.press("Tab")
    assert shown.locator(":focus").inner_text() == "跳到正文"
    shown.evaluate(THINNED)
    for width, scheme in ((1440, "light"), (390, "light"), (1440, "dark")):
        shown.set_viewport_size({"width": width, "height": 900})
        shown.emulate_media(color_scheme=scheme)
        rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}  # by night nothing else is another
        wrong = Axe().run(shown, options=rules | {"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in wrong] == [], (width, scheme)


HEAD = re.compile(r"<[^>]*>|\s")


def shown_heads(index):
    """The headings of the page's chapters."""
    return re.findall(r"<h[23] id.*?</h[23]>", index.read_text(encoding="utf-8"))


def test_the_pdf_holds_the_chinese_text_on_a4(chromium, paged, shipped, tmp_path):
    path = browser.print_pdf(paged, tmp_path / "deep" / "report.pdf")
    assert [one.name for one in path.parent.iterdir()] == ["report.pdf"]
    assert path.stat().st_size < 3_000_000
    assert b"/CreationDate (D:20250101000000" in path.read_bytes()  # not the time of day: the same page, the same bytes
    with pypdfium2.PdfDocument(path) as pdf:
        assert len(pdf) > 1
        texts = ["".join(one.get_textpage().get_text_range().split()) for one in pdf]
        assert all(abs(a - b) < 1 for one in pdf for a, b in zip(one.get_size(), (595.3, 841.9), strict=True))
    for line in repr(sentences.findings(shipped)).splitlines():
        assert "".join(line.partition(". ")[2].split()) in "".join(texts[:2])
    heads = [HEAD.sub("", head) for head in shown_heads(paged)]
    for number, text in enumerate(texts, 1):
        foot = f"{number}/{len(texts)}"
        assert foot in text
        assert not [head for head in heads if text.replace(foot, "").endswith(head)], "a heading stands alone"
    assert sum("条名关系相似度共同用词" in text for text in texts) > 1  # a table has its head on each page
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
