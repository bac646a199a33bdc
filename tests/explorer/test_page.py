"""The explorer in a real browser: the tasks of a researcher on the page of `make app`, and the notebook in JupyterLab.

All tasks share one page on a copy of the data, each leaves it as it was, and each counts its clicks. The servers
listen on 127.0.0.1 only, and are stopped at the end.
"""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import browser
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
LIST, PAIR = ".pc-list select", ".pc-cols"
# Voilà's own bundle is older than JupyterLab's, and what it sends when a page is left carries no token.
HARMLESS = re.compile(
    r"of shared (singleton )?module|^Available versions|status of 403 \(Forbidden\)$|^failed: \S+/api/shutdown/"
)
TEXT = "{place}关于支持发展的若干政策\n一、产业\n（一）培育企业。新增企业{n}家。\n（二）引才。引进人才9名。\n"


class Reader:
    """Someone at the page, whose clicks are counted; choosing in a list that folds out takes two."""

    def __init__(self, tab, address: str, desk: Path) -> None:
        self.tab, self.page, self.address, self.desk, self.clicks = tab, tab.page, address, desk, 0

    def open(self, more: str = "") -> None:
        self.page.goto(self.address + more)
        self.settled()

    def settled(self) -> None:
        """Wait until the window is there."""
        expect(self.page.locator(f"{LIST} option").first).to_be_attached(timeout=60_000)
        expect(self.page.locator(PAIR)).to_be_attached(timeout=20_000)

    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True).first

    def click(self, what) -> None:
        self.clicks += 1
        (self.button(what) if isinstance(what, str) else what).click()

    def choose(self, label: str, option: str) -> None:
        self.clicks += 2
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def type(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        self.click(field)
        field.fill(text)
        self.page.keyboard.press("Enter")

    def row(self, number: int) -> None:
        """Choose a row of the list, and wait for its pair."""
        option = self.page.locator(f"{LIST} option").nth(number)
        self.click(option)
        expect(self.page.locator(PAIR)).to_contain_text(option.inner_text().partition("条")[0].removeprefix("※"))

    def upload(self, path: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.click("打开文件…")
        chooser.value.set_files(path)

    def export(self, what: str) -> tuple[str, dict[str, bytes]]:
        """The name of a download, and the files in it."""
        with self.page.expect_download() as download:
            self.click(what)
        with zipfile.ZipFile(download.value.path()) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        return download.value.suggested_filename, files

    def code(self) -> str:
        """The lines of Python for what is seen."""
        self.click("代码")
        expect(self.page.locator(".pc-tool pre")).to_have_count(1)
        expect(self.page.locator(".pc-tool pre")).to_contain_text("import policycmp")
        return str(self.page.locator(".pc-tool pre").inner_text())

    def rows(self, count: int) -> None:
        expect(self.page.locator(f"{LIST} option")).to_have_count(count)

    def said(self, text: str) -> None:
        expect(self.page.locator(".pc-message")).to_contain_text(text, timeout=20_000)

    def state(self, text: str) -> None:
        expect(self.page.locator(".pc-state")).to_have_text(text)

    def saved(self) -> list[str]:
        """The corrections of clauses in the file."""
        file = self.desk / "data" / "overrides" / "alignment.csv"
        return file.read_text(encoding="utf-8-sig").splitlines()[1:] if file.exists() else []


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A folder with the notebook and a copy of the data beside it, without corrections."""
    folder = tmp_path_factory.mktemp("app") / "desk"
    ignored = shutil.ignore_patterns("reference", "overrides")
    shutil.copytree(ROOT / "data", folder / "data", ignore=ignored)
    (folder / "data" / "overrides").mkdir()
    text = (ROOT / "notebooks" / "07_explore.ipynb").read_text(encoding="utf-8")
    (folder / "07_explore.ipynb").write_text(text.replace("../build/notebooks", "out"), encoding="utf-8")
    return folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(command: list[str], home: Path, url: str) -> Iterator[int]:
    """Yield the process of a server with a home of its own that answers at ``url``; stop all it started at the end."""
    folders = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    env = dict(os.environ) | folders | {"HOME": str(home), "IPYTHONDIR": str(home), "BROWSER": "true"}
    env |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "PATH": f"{Path(sys.executable).parent}:{env['PATH']}"}
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
    try:
        for _ in range(600):
            assert server.poll() is None, (home / "server.log").read_text(encoding="utf-8")[-2000:]
            try:
                urllib.request.urlopen(url, timeout=60)
                break
            except OSError:
                time.sleep(0.1)
        yield server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


@pytest.fixture(scope="module")
def served(desk, tmp_path_factory) -> Iterator[tuple[str, int]]:
    """The address of the page of `make app`, and the id of the server's process."""
    port, home = free_port(), tmp_path_factory.mktemp("home")
    arguments = f"--no-browser --port={port} --Voila.log_level=ERROR --Voila.token=t"
    make = ["make", "--no-print-directory", "app", f"NOTEBOOK={desk / '07_explore.ipynb'}", f"ARGS={arguments}"]
    with serving(make, home, f"http://127.0.0.1:{port}/voila/static/voila.js") as server:
        yield f"http://127.0.0.1:{port}/?token=t", server


@pytest.fixture(scope="module")
def opened(chromium, served, desk) -> Iterator[Reader]:
    with browser.tab(chromium, viewport={"width": 1440, "height": 900}) as tab:
        reader = Reader(tab, served[0], desk)
        reader.open()
        yield reader


@pytest.fixture(scope="module")
def beside(chromium, served, desk) -> Iterator[Reader]:
    """Another window of the same program, opened by the first test that needs it."""
    with browser.tab(chromium, viewport={"width": 1440, "height": 900}) as tab:
        reader = Reader(tab, served[0], desk)
        reader.open()
        yield reader


@pytest.fixture
def reader(opened) -> Iterator[Reader]:
    """The reader at the page, who has not clicked yet; afterwards nothing went wrong, and nothing came from outside."""
    opened.clicks = 0
    yield opened
    nothing_wrong(opened.tab)


def nothing_wrong(tab) -> None:
    assert [text for text in tab.troubles if not HARMLESS.search(text)] == []
    outside = [url for url in tab.requests if not re.match(r"(https?|ws)://127\.0\.0\.1[:/]|data:|blob:", url)]
    assert outside == []


def kernels(server: int) -> list[int]:
    """The kernels that a server started, the newest last."""
    listed = subprocess.run(["ps", "-eo", "pid,pgid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()[1:]]
    inside, found = {server}, []
    for pid, _, parent, command in sorted(rows, key=lambda row: int(row[0])):
        if int(parent) in inside:
            inside.add(int(pid))
            found += [int(pid)] if "ipykernel" in command else []
    return found


def answered(address: str, path: str, host: str = "127.0.0.1") -> int:
    """The status of an answer to someone who has no token, or whose page is of another host."""
    port = int(address.split(":")[2].split("/")[0])
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status


def test_the_first_view_holds_the_list_and_shuts_nobody_out(reader, served):
    """Forty-five clauses stand in the list without scrolling; axe finds no violation; no dark text in the dark."""
    assert answered(served[0], "/") == 302 and answered(served[0], "/?token=t", host="elsewhere.example") == 403
    page = reader.page
    reader.rows(45)
    box = page.locator(LIST).bounding_box()
    inside = page.locator(LIST).evaluate("list => list.scrollHeight <= list.clientHeight")
    assert inside and box["y"] + box["height"] <= 900
    expect(page.locator("h1")).to_contain_text("哪里值得细看")
    expect(page.locator(PAIR)).to_contain_text("第37条")  # the pair that tells most
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator(".pc-chart").scroll_into_view_if_needed()
        expect(page.locator(".pc-chart img")).to_be_attached(timeout=20_000)
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    expect(page.get_by_role("button", name="单栏", exact=True)).to_have_class(re.compile("mod-active"))
    page.set_viewport_size({"width": 1440, "height": 900})
    reader.click("通栏")
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    text = page.locator(".pc mark.target, .pc h2 b, .pc ins, .pc del")
    colours = text.evaluate_all("all => all.map(one => getComputedStyle(one).color)")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert colours and [one for one in colours if max(map(int, re.findall(r"\d+", one)[:3])) < 130] == []


def test_a_targets_more_than_five_times_apart(reader):
    reader.type("相差倍数 ≥", "5")
    reader.rows(4)
    assert reader.clicks == 1
    expect(reader.page.locator(f"{LIST} option").first).to_contain_text("×43.7")
    expect(reader.page.locator(".pc-filters")).to_contain_text("4 对目标相差 5 倍以上")
    reader.page.keyboard.press("Tab")
    reader.click("清除条件")
    reader.rows(45)


def test_b_elderly_care_that_only_one_side_has(reader):
    """Nothing: the list and the panes are empty, and say what to do; the hits are there, the lead-in among them."""
    reader.type("检索", "养老")
    reader.rows(1)
    expect(reader.page.locator(f"{PAIR} mark.hit")).to_have_count(9)
    reader.click(reader.page.get_by_label("只有一方有"))
    reader.rows(0)
    assert reader.clicks == 2
    expect(reader.page.locator(".pc-main")).to_contain_text("没有符合条件的条款：请放宽条件")
    expect(reader.page.locator(PAIR)).to_have_count(0)
    expect(reader.page.get_by_label("检索结果").locator("option")).to_have_count(10)
    expect(reader.page.get_by_label("检索结果").locator("option").first).to_contain_text("第三部分导语")
    expect(reader.button("不成对 (x)")).to_be_disabled()
    reader.click("清除条件")
    reader.rows(45)


def test_c_a_pair_is_rejected_by_hand_or_by_keys_alone(reader):
    reader.row(1)
    reader.click("不成对 (x)")
    reader.said("已更正，尚未保存")
    assert reader.clicks == 2
    expect(reader.page.locator(PAIR)).to_contain_text("无对应")
    reader.click("撤销 (u)")
    reader.state("更正都已保存")
    reader.page.locator(LIST).focus()
    for key, clause in (
        ("Home", "加强创新载体建设"),
        ("ArrowDown", "支持开展关键核心技术攻关"),
        ("j", "支持科技领域重大项目"),
    ):
        reader.page.keyboard.press(key)
        expect(reader.page.locator(PAIR)).to_contain_text(clause)
    reader.page.keyboard.press("x")
    reader.state("有更正未保存")
    reader.page.keyboard.press("u")
    reader.state("更正都已保存")


def test_d_a_number_is_corrected_where_it_stands(reader):
    """By a click on it, or by Tab and Enter; then the new value and Enter."""
    reader.row(10)
    number = reader.page.locator(f"{PAIR} mark[data-number]", has_text="40").first
    for reach in (lambda: reader.click(number), lambda: number.press("Enter")):
        reach()
        expect(reader.page.get_by_label("改为")).to_be_focused()
        expect(reader.page.get_by_label("改为")).to_have_value("40")
        reader.page.keyboard.type("44")
        reader.page.keyboard.press("Enter")
        reader.said("已更正，尚未保存")
        expect(reader.page.get_by_label("这两份文件的更正")).to_contain_text("龙湾 第11条“40”：数值 → 44（未保存）")
        expect(reader.page.locator(".pc-tables")).to_contain_text("≥44家")
        reader.click("撤销 (u)")
        reader.state("更正都已保存")
    assert reader.clicks == 4
    reader.click("收起")


def test_e_corrections_are_undone_made_again_saved_and_read_again(reader, request):
    """Who is about to leave what is not saved is asked, and may stay; a window that is opened later takes it back."""
    asked = []
    reader.row(9)
    reader.click("更正")
    reader.choose("怎样更正", "部分重合")
    reader.page.get_by_label("理由").fill("只有一半说的是一回事")
    reader.page.keyboard.press("Enter")
    reader.state("有更正未保存")
    reader.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    reader.page.evaluate("setTimeout(() => location.reload())")
    for _ in range(100):
        reader.page.wait_for_timeout(50)
        if asked:
            break
    assert asked == ["beforeunload"] and reader.saved() == []
    reader.click("撤销 (u)")
    reader.state("更正都已保存")
    reader.click("重做 (r)")
    reader.state("有更正未保存")
    reader.click("保存 (s)")
    reader.said("已保存到")
    assert reader.clicks == 7
    assert reader.saved() == ["longwan,lucheng,10,9,partial,只有一半说的是一回事,,"]
    later = request.getfixturevalue("beside")
    expect(later.page.locator(f"{LIST} option").nth(9)).to_contain_text("※第10条")
    later.row(9)
    expect(later.page.locator(".pc-about").first).to_contain_text("※ 已更正 只有一半说的是一回事")
    later.click("撤销 (u)")
    later.click("保存 (s)")
    later.said("已保存到")
    assert reader.saved() == []
    reader.click("重新读取")
    reader.said("已重新读取")
    expect(reader.page.locator(f"{LIST} option").nth(9)).not_to_contain_text("※")
    reader.click("收起")


def run(code: str, folder: Path) -> pd.DataFrame:
    """The pairs of targets that lines of Python give in a Python of its own, started elsewhere."""
    lines = f"{code}\ntargets.to_csv('targets.csv', index=False)"
    env = dict(os.environ) | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg", "HOME": str(folder)}
    subprocess.run([sys.executable, "-c", lines], cwd=folder, env=env, check=True)
    return pd.read_csv(folder / "targets.csv")


def test_f_g_what_is_seen_is_exported_and_its_code_gives_it_again(reader, tmp_path):
    """Chart and table of one view are apart from each other, and each says where it is from."""
    reader.type("相差倍数 ≥", "5")
    reader.rows(4)
    reader.click("列表中的条款")
    reader.click("导出")
    chart, drawn = reader.export("导出图")
    table, found = reader.export("导出表")
    assert reader.clicks == 5
    stem = "longwan-lucheng-{}listed-ratio-5"
    assert chart == f"chart-{stem.format('targets-')}.0.zip" and table == f"table-{stem.format('')}.0.zip"
    assert {Path(name).suffix for name in drawn} == {".png", ".svg", ".pdf", ".csv", ".json", ".txt"}
    about = found[table.replace(".zip", ".txt")].decode()
    assert "草案" in about and "更正 0 条" in about and "least=5" in about
    code = reader.code()
    assert code in about and code.endswith("policycmp.charts.targets(chosen, size='page')")
    (tmp_path / "seen.csv").write_bytes(found[table.replace(".zip", "-target-pairs.csv")])
    pd.testing.assert_frame_equal(run(code, tmp_path), pd.read_csv(tmp_path / "seen.csv"), check_dtype=False)
    for name in ("选中的条款", "清除条件", "收起"):
        reader.click(name)
    reader.rows(45)


def test_h_two_files_are_compared_kept_and_their_corrections_saved(reader, tmp_path):
    (tmp_path / "坏.txt").write_bytes(b"\x00\x01\x02")
    reader.upload(tmp_path / "坏.txt")
    reader.said("坏.txt：内容不是 UTF-8")
    reader.clicks = 0
    for name, place, n in (("one", "甲区<script>window.pwned=1</script>", 30), ("two", "乙区", 90)):
        text = TEXT.format(place=place, n=n) + "（三）设点<img src=x onerror='window.pwned=1'>。设点3个。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        reader.upload(tmp_path / f"{name}.txt")
        reader.said(f"已读取 {name}.txt")
    expect(reader.page.locator(".pc-tool pre").first).to_contain_text("1 个部分，3 条")
    for side, name in (("左边的文件", "one"), ("右边的文件", "two")):
        options = reader.page.get_by_label(side).locator("option").all_inner_texts()
        reader.choose(side, next(one for one in options if name in one))
        expect(reader.page.locator(PAIR)).to_contain_text("甲区" if name == "one" else "乙区")
    reader.rows(3)
    assert reader.clicks == 6
    names: dict[str, pd.DataFrame] = {}
    exec(reader.code(), names)
    assert names["targets"]["left_value"].tolist() == [30]
    reader.row(2)
    expect(reader.page.locator(PAIR)).to_contain_text("设点<img src=x onerror='window.pwned=1'>")
    reader.click("不成对 (x)")
    reader.state("有更正未保存")
    reader.click("保存 (s)")
    reader.said("请在“文件检查”里保留它")
    for doc in ("one", "two"):
        reader.click("保留到数据文件夹")
        reader.said(f"已保留为 {doc}")
    reader.click("保存 (s)")
    reader.said("已保存到")
    assert reader.saved() == ["one,two,3,3,reject,,,"] and reader.page.evaluate("window.pwned") is None
    assert reader.clicks == 13
    for side, name in (("左边的文件", "龙湾"), ("右边的文件", "鹿城")):
        reader.choose(side, name)
        expect(reader.page.locator(PAIR)).to_contain_text(name)
    reader.rows(45)
    reader.click("收起")


def test_i_the_other_language_is_one_click_away(reader):
    reader.row(10)
    reader.clicks = 0
    reader.click("English")
    expect(reader.page.locator(PAIR)).to_contain_text("Longwan cl. 11")
    assert reader.clicks == 1 and reader.page.evaluate("document.documentElement.lang") == "en"
    words = reader.page.locator(".pc button, .pc label, .pc h3, .pc th, .pc .pc-muted, .pc .pc-state")
    chinese = [text for text in words.all_inner_texts() if re.search("[一-龥]", text)]
    assert chinese == ["中文"]
    assert not re.search("[一-龥]", prose(reader)) and "Where to look closely" in prose(reader)
    reader.page.locator(".pc-chart").scroll_into_view_if_needed()
    expect(reader.page.locator(".pc-chart img")).to_have_attribute("alt", "targets")
    reader.click("中文")
    expect(reader.page.locator(PAIR)).to_contain_text("龙湾")
    assert "哪里值得细看" in prose(reader) and not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", prose(reader))


def prose(reader) -> str:
    """What the notebook says around the window, as far as it is to be seen."""
    return "\n".join(reader.page.locator(".jp-RenderedMarkdown").all_inner_texts())


def test_j_the_second_of_two_windows_to_save_is_told_and_loses_nothing(reader, beside, served):
    """Afterwards a window whose program is gone says so, and the next one offers what was not saved."""
    second, page = beside, beside.page
    reader.row(1)
    reader.click("不成对 (x)")
    reader.state("有更正未保存")
    reader.click("保存 (s)")
    reader.said("已保存到")
    before = reader.saved()
    assert [line.split(",")[2:5] for line in before if line.startswith("longwan")] == [["2", "2", "reject"]]
    second.row(2)
    second.clicks = 0
    second.click("不成对 (x)")
    second.state("有更正未保存")
    second.click("保存 (s)")
    second.said("别的窗口或程序改过这个文件，没有保存；请按“重新读取”")
    assert reader.saved() == before
    second.click("重新读取")
    second.said("已重新读取")
    second.click("保存 (s)")
    second.said("已保存到")
    assert second.clicks == 4 and set(before) < set(reader.saved())
    page.keyboard.press("u")
    second.state("有更正未保存")
    os.kill(kernels(served[1])[-1], signal.SIGKILL)
    expect(page.locator(".pc-state")).to_contain_text("连接断了", timeout=60_000)
    second.tab.troubles.clear()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    second.settled()
    second.tab.troubles.clear()  # of the connection that was cut
    expect(page.locator(".pc")).to_contain_text("上次有 1 条更正没有保存")
    second.click("恢复")
    second.state("有更正未保存")
    second.click("撤销 (u)")
    second.state("更正都已保存")
    nothing_wrong(second.tab)


def test_the_notebook_in_jupyterlab(chromium, desk, tmp_path):
    port, settings = free_port(), tmp_path / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    news = '{"fetchNews": "false", "checkForUpdates": false}'
    (settings / "notification.jupyterlab-settings").write_text(news, encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
               "--ServerApp.port_retries=0", "--IdentityProvider.token=t", f"--ServerApp.root_dir={desk}",
               "--ServerApp.log_level=ERROR"]  # fmt: skip
    (desk / "data" / "overrides" / "alignment.csv").unlink(missing_ok=True)
    address = f"http://127.0.0.1:{port}/lab/tree/07_explore.ipynb?token=t"
    with serving(command, tmp_path, f"http://127.0.0.1:{port}/api"), browser.tab(chromium) as tab:
        reader, page = Reader(tab, address, desk), tab.page
        page.goto(address)
        run_all(page)
        reader.settled()
        cells = page.locator(".jp-Cell").count()

        # The keys belong to the window: arrows move in the list, and "d d" deletes no cell.
        expect(page.get_by_role("button", name="Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
        page.wait_for_timeout(2000)  # JupyterLab takes the focus once more when its last cell is done
        page.locator(LIST).focus()
        titles = ("加强创新载体建设", "支持开展关键核心技术攻关", "支持科技领域重大项目建设")
        for key, title in zip(("Home", "ArrowDown", "ArrowDown"), titles, strict=True):
            page.keyboard.press(key)
            expect(page.locator(PAIR)).to_contain_text(title)
            reader.settled()
        page.keyboard.press("d")
        page.keyboard.press("d")
        page.keyboard.press("k")
        expect(page.locator(PAIR)).to_contain_text("支持开展关键核心技术攻关")
        assert page.locator(".jp-Cell").count() == cells
        page.keyboard.press("x")
        reader.said("已更正，尚未保存")
        expect(page.locator(PAIR)).to_contain_text("无对应")
        reader.button("保存 (s)").press("Enter")
        reader.said("已保存到")
        assert reader.saved() == ["longwan,lucheng,2,2,reject,,,"]

        # Run again: the window is made anew from the files.
        run_all(page)
        expect(page.locator(".pc-message")).to_have_text("", timeout=60_000)
        reader.settled()
        expect(page.locator(f"{LIST} option").nth(1)).to_contain_text("※第2条")
        nothing_wrong(tab)


def run_all(page) -> None:
    """Run every cell, once the kernel is there."""
    expect(page.get_by_role("button", name="Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('li[data-command="runmenu:run-all"]').click()
