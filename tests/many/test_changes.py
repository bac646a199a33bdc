"""A made-up second edition of a real text: what was changed by hand is what is found, and nothing else."""

import pytest

import policycmp
import policycmp.library
from policycmp import cli, document, reading
from policycmp.errors import PolicyError
from policycmp.many import changes
from policycmp.shown import grids, naming

TEXT = reading.data_folder() / "reference" / "texts" / "yunxi.txt"
EDITS = {  # what the old edition prints: what the new one prints
    "2025年": "2026年",
    "新增高新技术企业60家": "新增高新技术企业75家",  # raised
    "新建专业化孵化器2个": "新建专业化孵化器1个",  # lowered
    "新增孵化面积5万平方米，": "",  # gone
    "建成概念验证中心1个，": "建成概念验证中心1个，新设科技驿站3家，",  # new
    "每年最高不超过80万元": "每年最高不超过90万元",  # an incentive: the clause is changed, no target
    "科技创新专项资金1.85亿元": "科技创新专项资金2.1亿元",
    "县域就诊率保持在91%以上": "县域就诊率保持在91%左右",
}
GONE = "（四）厚植人才发展沃土。"


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """The old edition, and the new one: edited, one clause left out, one more at the end."""
    folder = tmp_path_factory.mktemp("editions")
    text = TEXT.read_text("utf-8")
    for old, new in EDITS.items():
        assert old in text
        text = text.replace(old, new)
    start = text.index(GONE)
    text = text[:start] + text[text.index("\n", start) + 1 :]
    last = "（二十）织密医疗急救网络。"
    extra = "（二十一）发展寄递物流业。建设乡村共配站点25个，寄递包裹4000万件以上。（责任单位：区邮政管理局）\n"
    place = text.index("\n", text.index(last)) + 1
    text = text[:place] + extra + text[place:]
    data = folder / "data"
    for doc, year, content in (("old", 2025, TEXT.read_text("utf-8")), ("new", 2026, text)):
        (folder / f"{doc}.txt").write_text(content, encoding="utf-8")
        policycmp.library.add(folder / f"{doc}.txt", district="云溪", district_en="Yunxi", data=data)
        with (data / "sources.toml").open("a", encoding="utf-8") as listing:
            listing.write(f"year = {year}\n")
    return data


@pytest.fixture(scope="module")
def found(editions):
    return policycmp.editions("old", "new", data=editions)


def rows(found, kind):
    table = found[(found["kind"] == kind) & (found["change"] != "kept")]
    return [tuple(row) for row in table[["change", "old", "new"]].to_numpy().tolist()]


def test_the_clauses(found):
    changed = ["壮大科技企业队伍", "优化孵化载体布局", "打通成果转化堵点"]
    expected = [("changed", title, title) for title in changed]
    expected += [("gone", "厚植人才发展沃土", ""), ("new", "", "发展寄递物流业")]
    assert rows(found, "clause") == expected
    assert (found["kind"] == "clause").sum() == 21
    shared = found[found["kind"] == "clause"]["shared"]
    assert shared.dropna().between(0.8, 1).all()
    assert shared.isna().sum() == 2


def test_the_targets(found):
    assert rows(found, "target") == [
        ("raised", "新增高新技术企业60家", "新增高新技术企业75家"),
        ("lowered", "新建专业化孵化器2个", "新建专业化孵化器1个"),
        ("changed", "县域就诊率保持在91%以上", "县域就诊率保持在91%左右"),
        ("gone", "新增孵化面积5万平方米", ""),
        ("gone", "引进高层次人才团队8个", ""),
        ("gone", "新增高技能人才1500人", ""),
        ("gone", "吸引高校毕业生来云溪就业创业8000人以上", ""),
        ("gone", "筹集人才住房600套（间）", ""),
        ("new", "", "新设科技驿站3家"),
        ("new", "", "建设乡村共配站点25个"),
        ("new", "", "寄递包裹4000万件以上"),
    ]
    raised = found[found["change"] == "raised"].iloc[0]
    assert (raised["old_value"], raised["new_value"], raised["unit"]) == (60, 75, "家")
    assert (raised["old_clause"], raised["new_clause"]) == (1, 1)


def test_the_budgets(found):
    assert rows(found, "budget") == [("raised", "提升科技创新能级", "提升科技创新能级")]
    budget = found[(found["kind"] == "budget") & (found["change"] == "raised")].iloc[0]
    assert (budget["old_value"], budget["new_value"], budget["unit"]) == (185e6, 210e6, "元")
    assert ((found["kind"] == "budget") & (found["change"] == "kept")).sum() == 5


def test_nothing_changes_between_a_text_and_itself(editions):
    found = policycmp.editions("old", "old", data=editions)
    assert set(found["change"]) == {"kept"}
    assert set(found.loc[found["kind"] == "clause", "shared"]) == {1.0}


def test_swapped_editions_swap_what_is_new_and_gone(editions, found):
    back = policycmp.editions("new", "old", data=editions)
    turned = {"new": "gone", "gone": "new", "raised": "lowered", "lowered": "raised"}
    expected = {(kind, turned.get(change, change), new, old)
                for kind, change, old, new in found[["kind", "change", "old", "new"]].to_numpy().tolist()}  # fmt: skip
    assert {tuple(row) for row in back[["kind", "change", "old", "new"]].to_numpy().tolist()} == expected


LONG = "推动产业转型升级、绿色发展，支持企业参与重大项目，完善公共服务，提高办事效率，优化营商环境，保障要素供给。"


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("2024年新增企业5家。", "2025年新增企业5家。", "kept"),
        ("３年内新增企业５家。", "3年内新增企业5家。", "kept"),
        ("3年内新增企业5家。", "2年内新增企业5家。", "changed"),
        ("三分之二的企业完成改造。", "四分之三的企业完成改造。", "changed"),
        ("最高补助50万元。", "最高补助60万元。", "changed"),
        ("最高补助50万元。", "最高补助50元。", "changed"),
        ("新建云溪科技馆。", "扩建东江科技馆。", "kept"),
        (LONG, LONG[::-1], "changed"),
    ],
)
def test_a_clause_is_kept_if_its_words_and_figures_are(old, new, change):
    judged, shared = changes.judge(old + LONG, new + LONG)
    assert judged == change
    assert (shared >= changes.KEPT) == (old != LONG)  # but for the last, only the figures tell


def test_one_figure_on_each_side_of_the_shipped_pair(shipped):
    found = policycmp.editions(shipped.left, shipped.right, corrections="none")
    kept = found[(found["kind"] == "clause") & (found["change"] == "kept")]
    assert kept[["old_clause", "new_clause"]].to_numpy().tolist() == [[19, 19]]
    ranks = found[found["old"].str.contains("前", regex=False) & (found["kind"] == "target")]
    assert not set(ranks["change"]) & {"raised", "lowered"}


def test_the_two_editions_are_told_apart(editions):
    sides = [document.load(doc, data=editions) for doc in ("old", "new", "new")]
    assert naming.tell_apart(sides[:2]) == ["云溪（2025）", "云溪（2026）"]
    assert naming.tell_apart(sides[:2], "en") == ["Yunxi (2025)", "Yunxi (2026)"]
    assert naming.tell_apart(sides) == ["云溪（2025）", "云溪（2026）①", "云溪（2026）②"]
    assert naming.tell_apart([sides[0]]) == ["云溪"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_prints_and_writes_what_changed(lang, editions, tmp_path, capsys):
    call = ["--data", str(editions), "editions", "old", "new", "--out", str(tmp_path), "--lang", lang]
    assert cli.main(call) == 0
    said = capsys.readouterr().out
    assert "新增高新技术企业75家" in said
    assert "kept" not in said.splitlines()[0]
    assert {path.name for path in tmp_path.iterdir()} == {
        "changes.csv", "changes.xlsx", "changes.docx", "datapackage.json",
    }  # fmt: skip
    assert (tmp_path / "changes.csv").read_text("utf-8-sig").count("\n") > 21
    head = grids.changed(policycmp.editions("old", "new", data=editions), [document.load(d, data=editions) for d in
                         ("old", "new")], lang).columns  # fmt: skip
    assert ("云溪（2025）" if lang == "zh" else "Yunxi (2025)") in head


def test_two_sources_with_one_id_are_refused(editions, tmp_path):
    (tmp_path / "old.txt").write_text(TEXT.read_text("utf-8").replace("60家", "61家"), encoding="utf-8")
    assert not policycmp.editions("old", tmp_path / "old.txt", data=editions).empty
    with pytest.raises(PolicyError, match=r"^old\.txt: both documents have the id old"):
        policycmp.editions("old", document.load(tmp_path / "old.txt"), data=editions)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("给予500万元奖励", "给予300万元奖励", "lowered"),
        ("给予5万元奖励", "给予20万元奖励", "raised"),
        ("给予30万元奖励", "给予30万元奖励", "kept"),
        ("按投资额的10%补助，最高80万元", "按投资额的12%补助，最高90万元", "raised"),
        ("按投资额的10%补助，最高80万元", "按投资额的12%补助，最高60万元", "changed"),
        ("按投资额的10%补助，最高80万元", "按投资额的10%补助，最高60万元", "lowered"),
        ("最高奖励30万元", "最高奖励50万元", "raised"),
    ],
)
def test_what_becomes_of_an_incentive(tmp_path, old, new, change):
    for name, paid in (("old", old), ("new", new)):
        text = f"云岫区扶持产业若干政策\n一、奖励\n（一）支持企业升规。对新入库的规上工业企业，{paid}。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = policycmp.editions(tmp_path / "old.txt", tmp_path / "new.txt", corrections="none")
    assert found.loc[found["kind"] == "incentive", "change"].tolist() == [change]
