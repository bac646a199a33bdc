"""What only one side sets: each target on its side, under its section; a long list says what it leaves out."""

from drawn import artist, assert_legible, draw, texts

from policycmp import charts


def test_each_target_stands_on_its_side_under_its_section():
    ax = draw("only_here")
    back = charts.read_back(ax).set_index("item")
    assert back.loc["全区研发投入强度", ["left_text", "right_text", "firm"]].tolist() == ["≈4.1 %  导语", "", False]
    assert back.loc["科技攻关项目", ["left_text", "right_text", "firm"]].tolist() == ["", "≥10项  第2条", True]
    heads = ["一、强化科技创新", "三、推进服务业高质量发展", "无对应部分"]
    assert [text for text in texts(ax) if text in heads] == heads
    assert {"● 龙湾（3项）", "▲ 鹿城（2项）"} <= set(texts(ax))
    one, two = (artist(ax, f"firm:{back.loc[item, 'row']}") for item in ("新增高新技术企业", "科技攻关项目"))
    assert one.get_xdata()[0] < 0.5 < two.get_xdata()[0]
    assert (one.get_marker(), two.get_marker()) == ("o", "^")


def test_a_long_list_grows_and_a_very_long_one_says_what_it_leaves_out():
    rows = [("left", 1, n, f"事项{n}", "equal", n, None, "家", "firm") for n in range(1, 42)]
    whole, cut = draw("only_here", rows), draw("only_here", rows, most=40)
    assert len(charts.read_back(whole)) == 41 and "龙湾另有1项没有画出，见目标表" not in texts(whole)
    assert len(charts.read_back(cut)) == 40 and "龙湾另有1项没有画出，见目标表" in texts(cut)
    assert charts.sidecar(cut)["filters"]["rows_drawn"] == 40
    assert "● 龙湾（41项）" in texts(cut)
    assert whole.figure.get_figheight() > draw("only_here").figure.get_figheight() + 3
    assert_legible(cut)
