"""The explorer's widgets without a browser: they show the session, move together, and take any text for text."""

import asyncio
import re
from pathlib import Path

import ipywidgets as w
import pytest

import policycmp
from policycmp import charts
from policycmp.errors import PolicyError
from policycmp.explorer import exchange, panes, view, workbench
from policycmp.explorer.session import FIELDS, Session
from policycmp.explorer.view import CHARTS, MARK
from policycmp.explorer.window import QUESTIONS, Explorer

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def quick(monkeypatch, request):
    """Charts are drawn only where a test looks at them."""
    if "drawn" not in request.node.name:
        monkeypatch.setattr(panes, "chart", lambda one: "")


@pytest.fixture
def window(data, tmp_path):
    """A window on a copy of the data without corrections."""
    made = policycmp.explore("longwan", "lucheng", data=data, out=tmp_path / "out")
    made.list.value = ((1, 1), (1, 1))
    return made


def every(widget):
    """A widget and all that it holds."""
    return [widget, *(inner for child in getattr(widget, "children", ()) for inner in every(child))]


def press(window, key):
    """Press the button of a word."""
    found = [b for b in buttons(window) if b.description.partition(" (")[0] == window.word(key)]
    (button,) = found[:1]
    button.click()


def buttons(window):
    tools = [box for tool in window.bench.tools.values() for child in tool for box in every(child)]
    return [box for box in [*every(window.view), *tools] if isinstance(box, w.Button)]


def shows(window, key, *texts):
    """Whether every view shows the pair ``key``."""
    assert (window.session.key, window.list.value, window.cells.value) == (key, key, key)
    assert [text for text in texts if text not in window.pair.value] == []


def test_choosing_in_one_view_moves_the_others(window):
    window.list.value = ((2, 11), (2, 10))
    shows(window, ((2, 11), (2, 10)), "支持企业高质量发展", "相同 · 相似度 0.60")
    assert "入库领军企业" in window.tables.value and "二、加快先进制造业发展" in window.tables.value
    window.cells.value = ((1, 5), None)
    shows(window, ((1, 5), None), "只在龙湾", "鹿城</b> 无对应")
    press(window, "next")
    shows(window, ((1, 6), (1, 5)))
    press(window, "previous")
    press(window, "previous")
    shows(window, ((1, 4), (1, 4)))


def test_the_questions_are_those_of_the_session(window):
    asked = window.asked
    for name in QUESTIONS:
        asked[name].value = True
        assert window.session.filters == {name: True}
        asked[name].value = False
    asked["section"].value = ("right_section", 3)
    asked["least"].value, asked["ratio"].value, asked["relation"].value = 0.3, 2.5, "same"
    filters = {"right_section": 3, "similarity": (0.3, 1.0), "ratio": 2.5, "relation": "same"}
    assert window.session.filters == filters and 0 < len(window.list.options) < 45
    assert f"{len(window.list.options)} 对目标相差 2.5 倍以上" in window.counted.value
    asked["ratio"].value = 1
    assert f"{len(window.list.options)} / 45 行" in window.counted.value
    press(window, "clear")
    assert window.session.filters == {} and len(window.list.options) == 45
    assert (asked["section"].value, asked["least"].value, asked["ratio"].value) == ("", 0, 1)


def test_what_is_left_out_is_pale_on_the_map_and_can_still_be_chosen(window):
    window.asked["text"].value = "专精特新"
    assert len(window.list.options) == 1 and window.map.value.count("opacity:.25") == 44
    window.cells.value = ((1, 1), (1, 1))
    assert window.session.key == ((1, 1), (1, 1)) and window.list.value is None


def test_hits_are_marked_and_lead_to_their_clauses(window):
    window.bench.tool.value = "hits"
    window.asked["text"].value = "教育"
    found = window.bench.hits.options
    assert f"检索到 {len(found)} 处" in window.bench.text.value and "【教育】" in found[0][0]
    inside = next(n for n, hit in enumerate(window.bench.found) if hit["clause"] == 31 and hit["side"] == "right")
    window.bench.hits.value = inside
    assert window.session.key[1][1] == 31 and '<mark class="hit">教育</mark>' in window.bench.text.value
    assert '<mark class="hit">教育</mark>' in window.pair.value
    outside = next(n for n, hit in enumerate(window.bench.found) if not hit["clause"])
    before = window.session.key
    window.bench.hits.value = outside
    assert window.session.key == before and '<mark class="hit">教育</mark>' in window.bench.text.value


def test_annexes_are_found_and_incentives_shown(tmp_path):
    for name, n in (("a", 50), ("b", 20)):
        text = f"{name}区若干政策\n一、产业\n（一）支持升规。对首次升规的企业奖励{n}万元。\n"
        (tmp_path / f"{name}.txt").write_text(f"{text}附件1\n项目清单\n一、养老\n（一）建院{n}家。\n", encoding="utf-8")
    window = Explorer(Session(tmp_path / "a.txt", tmp_path / "b.txt", corrections="none", out=tmp_path))
    assert "双方都有的奖补" in window.tables.value and "50万元" in window.tables.value
    window.asked["text"].value = "养老"
    assert [text[:6] for text, _ in window.bench.hits.options] == ["a 项目清单", "b 项目清单"]
    window.bench.hits.value = 0
    assert window.session.filters == {"text": "养老"} and '<mark class="hit">养老</mark>' in window.bench.text.value
    press(window, "clear")
    assert window.session.filters == {} and window.bench.tool.value == "none"


def test_a_correction_is_marked_everywhere(window):
    window.list.value = ((2, 11), (2, 10))
    bench = window.bench
    bench.tool.value = "correct"
    bench.what.value, bench.reason.value = "partial", "只有一半<相同>"
    press(window, "apply")
    assert window.said.value == '<div role="status" class="pc-said">已更正，尚未保存</div>'
    assert f"{MARK} 已更正 只有一半&lt;相同&gt;" in window.pair.value and "部分重合" in window.pair.value
    assert next(text for text, key in window.list.options if key == window.session.key).startswith(MARK)
    assert window.map.value.count("dashed") == 1
    made = "龙湾 第11条 — 鹿城 第10条：部分重合（只有一半<相同>）（未保存）"
    assert bench.made.options == ((made, 0),)
    assert bench.reason.value == "" and not bench.save.disabled

    number = next(value for text, value in bench.subject.options if text.startswith("龙湾 40"))
    bench.subject.value = number
    bench.what.value = "value"
    assert bench.value.value == "40"
    bench.value.value = "44"
    press(window, "apply")
    assert (
        '<b class="corrected" title="※">40</b>' in window.pair.value and f"中小企业{MARK}</td>" in window.tables.value
    )
    for lang in ("en", "zh"):
        window.session.speak(lang)
        assert charts.read_back(exchange.draw(window.session))["item"].iloc[0].endswith(MARK)
    assert bench.made.options[1][0] == "龙湾 第11条“40”：数值 → 44（未保存）"
    press(window, "undo")
    assert "corrected" not in window.pair.value and bench.value.value == "40"
    bench.made.value = 0
    press(window, "withdraw")
    assert MARK not in window.pair.value and window.session.book.rows == ()


def test_numbers_and_pairs_of_targets_offer_what_they_may_become(window):
    window.list.value = ((2, 11), (2, 10))
    bench = window.bench
    bench.tool.value = "correct"
    assert bench.value.disabled
    options = [text for text, _ in bench.what.options]
    assert options[:4] == ["认可：相同", "部分重合", "不成对", "改配 龙湾 第14条 推动生产性服务业高质量发展（0.16）"]
    bench.subject.value = next(value for _, value in bench.subject.options if value[0] == "number")
    assert [value for _, value in bench.what.options] == list(FIELDS) and not bench.value.disabled
    bench.what.value = "role"
    assert (
        bench.value.options == ("目标", "成果", "本级财政", "奖补标准", "条件", "其他") and bench.value.value == "目标"
    )
    bench.value.value = "其他"
    press(window, "apply")
    assert bench.made.options[0][0].endswith("类别 → 其他（未保存）")
    press(window, "undo")
    bench.subject.value = next(value for _, value in bench.subject.options if value[0] == "targets")
    bench.what.value = "reject"
    press(window, "apply")
    assert len(window.session.chosen().target_pairs) == 0
    bench.subject.value = ("pair",)
    bench.what.value = ("right", (2, 9))
    press(window, "apply")
    assert window.session.key == ((2, 11), (2, 9))


def test_accept_and_reject_take_the_reason_that_is_written(window):
    window.bench.reason.value = "核对过"
    press(window, "accept")
    assert window.session.reasons() == ["核对过"] and window.session.focus["origin"] == "override"
    press(window, "reject")
    assert window.session.key == ((1, 1), None)
    press(window, "save")
    assert "已保存到" in window.said.value and window.bench.save.disabled
    window.bench.tool.value = "code"
    assert "narrow(comparison, pair)" in window.bench.text.value and "没有保存" not in window.bench.text.value
    press(window, "undo")
    assert "没有保存" in window.bench.text.value


def test_an_error_is_one_line_and_leaves_the_window(window):
    before = window.pair.value, window.list.options
    window.bench.tool.value = "correct"
    window.bench.subject.value = next(value for _, value in window.bench.subject.options if value[0] == "number")
    window.bench.what.value, window.bench.value.value = "value", "<zwölf>"
    press(window, "apply")
    assert "value 是 &#x27;&lt;zwölf&gt;&#x27;；请填数字" in window.said.value and 'role="alert"' in window.said.value
    assert (window.pair.value, window.list.options) == before
    (window.session.book.where / "alignment.csv").write_text("broken\n", encoding="utf-8")
    press(window, "reload")
    assert "alignment.csv：缺少列 left" in window.said.value


def test_a_file_broken_by_hand_is_told_at_once(window):
    (window.session.book.where / "alignment.csv").write_text("left,right\n", encoding="utf-8")
    other = Explorer(Session("longwan", "lucheng", data=window.session.data))
    assert "alignment.csv：缺少列 left_clause" in other.said.value and len(other.list.options) == 45
    press(other, "reject")
    assert "alignment.csv：缺少列 left_clause" in other.said.value and MARK not in other.pair.value
    other = Explorer(Session("longwan", "lucheng", data=window.session.data, lang="en"))
    assert "alignment.csv: column left_clause is missing; its header row needs left, right" in other.said.value


def told(window, parts=(), **message):
    """Do what the page does when it tells something."""
    window.page._told(window.page, message, list(parts))


def test_an_upload_is_checked_offered_and_kept(window):
    raw = (ROOT / "data" / "raw" / "002_2d703de7b3cb8f94.txt").read_bytes()
    told(window, [b"\0"], kind="upload", name="新区.txt", first=True, last=True)
    assert "新区.txt：内容不是 UTF-8" in window.said.value
    told(window, [raw[:1000]], kind="upload", name="新区.txt", first=True, last=False)
    told(window, [raw[1000:]], kind="upload", name="新区.txt", first=False, last=True)
    assert "新区.txt" in window.said.value and "8 个部分，41 条" in window.bench.text.value
    window.chosen[0].value = next(value for text, value in window.chosen[0].options if "新区" in text)
    assert window.session.comparison.left.doc == "新区" and "鹿城" in window.pair.value
    window.bench.tool.value = "check"
    window.bench.district.value = "新城"
    press(window, "keep")
    assert "已保留为 新区" in window.said.value and window.session.sources == ("新区", "lucheng")
    assert "新城" in window.pair.value
    window.bench.tool.value = "check"
    assert window.bench.keeping.layout.display == "none"


def test_a_file_that_is_too_large_is_told_and_the_next_one_is_read(window):
    window.page.limit = 10
    told(window, [b"123456"], kind="upload", name="a.txt", first=True, last=False)
    told(window, [b"123456"], kind="upload", name="a.txt", first=False, last=True)
    assert "a.txt" in window.said.value and 'role="alert"' in window.said.value
    told(window, kind="refused", name="b.txt")
    assert "b.txt" in window.said.value
    window.page.limit = 1000
    told(window, ["一、产业\n（一）引才。引进人才9名。\n".encode()], kind="upload", name="c.txt", first=True, last=True)
    assert "已读取 c.txt" in window.said.value


def test_documents_are_changed_and_what_was_not_saved_waits(window):
    press(window, "reject")
    assert window.page.unsaved == 1
    window.chosen[0].value = "lucheng"
    assert window.session.sources == ("lucheng", "lucheng") and "鹿城①</b>" in window.pair.value
    assert window.page.unsaved == 1
    window.chosen[0].value = "longwan"
    assert window.session.book.unsaved


def test_a_lost_window_is_offered_again(window):
    press(window, "reject")
    other = Explorer(Session("longwan", "lucheng", data=window.session.data))
    assert "上次有 1 条更正没有保存" in other.offer.children[0].value
    next(box for box in other.offer.children if getattr(box, "description", "") == "恢复").click()
    assert other.offer.children == () and other.session.book.rows == window.session.book.rows
    assert other.page.unsaved == 1


def test_a_click_on_a_number_offers_its_correction(window):
    window.list.value = ((2, 11), (2, 10))
    found = re.search(r'data-side="(left)" data-number="(\d+)"[^>]*>[^<]*40', window.pair.value)
    told(window, kind="number", side=found[1], number=found[2])
    assert window.bench.tool.value == "correct"
    assert window.bench.subject.value == ("number", "left", int(found[2])) and window.bench.value.value == "40"


def test_an_empty_answer_clears_the_views(window):
    window.asked["relation"].value, window.asked["section"].value = "left_only", ("section", 3)
    assert window.list.options == () and "没有符合条件的条款" in window.pair.value
    assert window.tables.value == "" and window.cells.value is None
    window.bench.tool.value = "correct"
    press(window, "apply")
    press(window, "clear")
    assert len(window.list.options) == 45 and "没有符合条件的条款" not in window.pair.value


def test_how_far_apart_lists_pairs_of_targets(window):
    window.asked["ratio"].value = 5.0
    far = window.session.far_apart
    assert len(window.list.options) == len(far) and f"{len(far)} 对目标相差 5 倍以上" in window.counted.value
    text, value = window.list.options[-1]
    assert text.startswith("×") and "龙湾" in text and "鹿城" in text
    window.list.value = value
    assert window.session.key == value[:2]


def test_the_language_stays_where_its_words_are_broken(window, monkeypatch):
    def translated(comparison):
        if comparison.lang == "en":
            raise PolicyError("cell", "translations_en.csv", column="kind", value="verb", known=["section"])
        return comparison

    monkeypatch.setattr(view, "translated", translated)
    choices = [box for box in every(window.view) if isinstance(box, w.ToggleButtons)]
    next(box for box in choices if "English" in dict(box.options)).value = "en"
    assert "translations_en.csv：kind 是 &#x27;verb&#x27;" in window.said.value
    assert window.session.lang == "zh" and window.asked["text"].description == "检索"


def test_every_chart_of_every_scope_is_drawn_where_it_is_seen(window):
    seen = set()
    window.show()
    assert window.chart.value == ""
    told(window, kind="seen", seen=True, narrow=True)
    assert window.size.value == "column"
    for scope in ("selected", "listed"):
        window.session.scope = scope
        for name in CHARTS:
            window.session.chart = name
            window.show()
            assert window.chart.value.startswith('<img alt="')
            seen.add(window.chart.value)
    assert len(seen) == 2 * len(CHARTS) - 1  # there are no incentives
    told(window, kind="seen", seen=False, narrow=False)
    window.list.value = ((2, 11), (2, 10))
    assert window.chart.value == ""


def test_the_chart_comes_after_the_rest_and_only_the_last_one(window, monkeypatch):
    drawn = []
    monkeypatch.setattr(panes, "chart", lambda one: drawn.append(one.key) or f"chart of {one.focus['left_title']}")
    window._seen = True

    async def choose():
        for key in window.session.keys[3:6]:
            window.list.value = key
        assert drawn == [] and "第6条" in window.pair.value
        await asyncio.sleep(0.2)
        assert drawn == [((1, 6), (1, 5))] and window.session.focus["left_title"] in window.chart.value
        window.list.value = window.session.keys[3]
        await asyncio.sleep(0.2)
        window.list.value = ((1, 6), (1, 5))
        await asyncio.sleep(0.2)

    asyncio.run(choose())
    assert len(drawn) == 2 and window.session.focus["left_title"] in window.chart.value


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_control_has_its_label_in_the_language(window, lang):
    window.session.speak(lang)
    window.build()
    boxes = [*every(window.view), *(box for tool in window.bench.tools.values() for one in tool for box in every(one))]
    kinds = (w.Text, w.Combobox, w.Dropdown, w.Select, w.Checkbox, w.BoundedFloatText, w.ToggleButtons, w.Button)
    controls = [box for box in boxes if isinstance(box, kinds) and box is not window.cells]
    assert len(controls) > 30
    assert [box for box in controls if not box.description] == []
    assert len(window.cells.tooltips) == len(window.cells.options) == 45
    if lang == "en":
        assert [box.description for box in controls if CHINESE.search(box.description)] == []
        options = [text for box in window.asked.values() for text, _ in getattr(box, "options", ())]
        assert "Transport" in options and [text for text in options if CHINESE.search(text)] == []
        assert "similarity" in window.pair.value and "Longwan" in window.map.value + window.pair.value


def test_switching_the_language_keeps_the_state(window):
    window.asked["section"].value = ("section", 2)
    window.list.value = ((2, 11), (2, 10))
    window.bench.tool.value = "code"
    next(
        box for box in every(window.view) if isinstance(box, w.ToggleButtons) and "English" in dict(box.options)
    ).value = "en"
    shows(window, ((2, 11), (2, 10)), "Longwan", "same · similarity 0.60")
    assert window.asked["section"].value == ("section", 2) and window.asked["text"].description == "Search"


# --- any text is text ---------------------------------------------------------------------------------------------

EVIL = "<script>alert(1)</script><img src=x onerror=\"alert('1')\">"


def test_markup_in_a_document_is_shown_as_text(tmp_path):
    for name in ("a", "b"):
        text = (
            f"甲区{EVIL}若干政策\n一、产业{EVIL}\n安排资金3亿元。\n（一）培育<i>企业。新增{EVIL}企业30家，"
            + "推进改革" * 2500
        )
        text += f"。（责任单位：{EVIL}区经信局）\n（二）引才{EVIL}。"
        text += f"引进人才{5 if name == 'a' else 9}名。（责任单位：区人社局）\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    window = Explorer(Session(tmp_path / "a.txt", tmp_path / "b.txt", corrections="none", out=tmp_path))
    window.list.value = window.session.keys[0]
    assert "<i>" in window.session.focus["left_title"]
    window.asked["text"].value = "<script>alert"
    for tool in workbench.TOOLS:
        window.bench.tool.value = tool
        for box in every(window.view):
            if isinstance(box, w.HTML):
                assert not re.search(r"<script|<img src=x|<i>|alert\('1'\)\"", box.value)
    assert "&lt;script&gt;" in window.pair.value.replace(
        '<mark class="hit">&lt;script&gt;alert</mark>', "&lt;script&gt;"
    )
    assert '<mark class="hit">&lt;script&gt;alert</mark>' in window.pair.value
    assert len(window.pair.value) > 10_000


def test_the_window_as_text(window):
    assert "run this cell" in window._repr_mimebundle_()["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in window._repr_mimebundle_()
    other = Explorer(window.session)
    assert other._name != window._name and MARK in "※"
