"""The explorer in a real browser: as the page of `make app`, and as a notebook in JupyterLab.

Both work on a copy of the data, listen on 127.0.0.1 only, and are stopped at the end.
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
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import browser
import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
LIST, PAIR = ".pc-list select", ".pc-cols"
# Voilà's own bundle is older than JupyterLab's, and what it sends when a page is left carries no token.
HARMLESS = re.compile(
    r"of shared (singleton )?module|^Available versions|status of 403 \(Forbidden\)$|^failed: \S+/api/shutdown/"
)


@pytest.fixture
def desk(tmp_path) -> Path:
    """A folder with the notebook and a copy of the data beside it, without corrections."""
    ignored = shutil.ignore_patterns("reference", "overrides")
    shutil.copytree(ROOT / "data", tmp_path / "desk" / "data", ignore=ignored)
    (tmp_path / "desk" / "data" / "overrides").mkdir()
    text = (ROOT / "notebooks" / "07_explore.ipynb").read_text(encoding="utf-8")
    notebook = tmp_path / "desk" / "07_explore.ipynb"
    notebook.write_text(text.replace("../build/notebooks", "out"), encoding="utf-8")
    return tmp_path / "desk"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(command: list[str], home: Path, url: str) -> Iterator[None]:
    """Run a server with a home of its own until it answers at ``url``; stop it and all that it started at the end."""
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
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def answered(port: int, path: str, host: str = "127.0.0.1") -> int:
    """The status of an answer to someone who has no token, or whose page is of another host."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status


def settled(tab) -> None:
    """Wait until the window is there with its chart, and nothing went wrong so far."""
    expect(tab.page.locator(f"{LIST} option").first).to_be_attached(timeout=60_000)
    expect(tab.page.locator(".pc-chart img")).to_be_attached(timeout=20_000)


def button(tab, name: str):
    return tab.page.get_by_role("button", name=name, exact=True)


def said(tab, text: str) -> None:
    expect(tab.page.locator(".pc-message")).to_contain_text(text, timeout=20_000)


def overrides(desk: Path) -> str:
    file = desk / "data" / "overrides" / "alignment.csv"
    return file.read_text(encoding="utf-8-sig") if file.exists() else ""


def nothing_wrong(tab) -> None:
    assert [text for text in tab.troubles if not HARMLESS.search(text)] == []
    outside = [url for url in tab.requests if not re.match(r"(https?|ws)://127\.0\.0\.1[:/]|data:|blob:", url)]
    assert outside == []


def test_the_page_of_make_app(chromium, tab, desk, tmp_path):
    port = free_port()
    arguments = f"--no-browser --port={port} --Voila.log_level=ERROR --Voila.token=t"
    make = ["make", "--no-print-directory", "app", f"NOTEBOOK={desk / '07_explore.ipynb'}", f"ARGS={arguments}"]
    with serving(make, tmp_path, f"http://127.0.0.1:{port}/voila/static/voila.js"):
        assert answered(port, "/") == 302 and answered(port, "/?token=t", host="elsewhere.example") == 403
        tab.page.goto(f"http://127.0.0.1:{port}/?token=t")
        settled(tab)
        expect(tab.page.locator("h1")).to_contain_text("哪里值得细看")

        # Ask: the list, the map and the pair follow.
        tab.page.get_by_label("只有一方有").check()
        expect(tab.page.locator(f"{LIST} option")).to_have_count(5)
        expect(tab.page.locator(PAIR)).to_contain_text("无对应")
        button(tab, "清除条件").click()
        expect(tab.page.locator(f"{LIST} option")).to_have_count(45)

        # Search: hits are marked, the code says what was asked.
        tab.page.get_by_label("检索").fill("专精特新")
        tab.page.keyboard.press("Enter")
        expect(tab.page.locator(f"{LIST} option")).to_have_count(1)
        expect(tab.page.locator(f"{PAIR} mark.hit")).to_have_count(6)
        button(tab, "检索结果").click()
        expect(tab.page.get_by_label("检索结果").locator("option")).to_have_count(6)
        button(tab, "代码").click()
        expect(tab.page.locator(".pc-tool pre")).to_contain_text("select(comparison, text='专精特新')")
        button(tab, "清除条件").click()
        expect(tab.page.locator(f"{LIST} option")).to_have_count(45)

        # Choose: in the list by keys, in the map by a click.
        tab.page.locator(LIST).focus()
        tab.page.keyboard.press("Home")
        tab.page.keyboard.press("ArrowDown")
        expect(tab.page.locator(PAIR)).to_contain_text("支持开展关键核心技术攻关")
        tab.page.keyboard.press("j")
        expect(tab.page.locator(PAIR)).to_contain_text("支持科技领域重大项目建设")
        tab.page.locator(".pc-map button").nth(10).click()
        expect(tab.page.locator(PAIR)).to_contain_text("支持企业高质量发展")
        expect(tab.page.locator(".pc-tables")).to_contain_text("入库领军企业")

        # Correct, and save: another window then is the second to save. It is dark, and no text in it is dark, too.
        with browser.tab(chromium) as second:
            second.page.goto(f"http://127.0.0.1:{port}/?theme=dark&token=t")
            settled(second)
            text = second.page.locator(".pc p, .pc h4, .pc td, .pc mark.target, .pc label")
            colours = text.evaluate_all("all => all.map(one => getComputedStyle(one).color)")
            assert colours and [one for one in colours if max(map(int, re.findall(r"\d+", one)[:3])) < 130] == []
            button(tab, "更正").first.click()
            tab.page.get_by_label("怎样更正").select_option(label="部分重合")
            tab.page.get_by_label("理由").fill("只有一半说的是一回事")
            button(tab, "更正").nth(1).click()
            said(tab, "已更正，尚未保存")
            expect(tab.page.locator(".pc-about").first).to_contain_text("※ 已更正 只有一半说的是一回事")
            assert overrides(desk) == ""
            button(tab, "保存 (s)").click()
            said(tab, "已保存到")
            assert overrides(desk).splitlines()[1:] == ["longwan,lucheng,11,10,partial,只有一半说的是一回事,,"]
            second.page.locator(LIST).focus()
            second.page.keyboard.press("x")
            said(second, "已更正，尚未保存")
            expect(button(second, "保存 (s)")).to_be_enabled()
            second.page.keyboard.press("s")
            said(second, "别的窗口或程序改过这个文件，没有保存")
            nothing_wrong(second)
        assert "reject" not in overrides(desk)

        # Reload: the corrected state is there, and what the other window had not saved is offered.
        tab.page.reload()
        settled(tab)
        expect(tab.page.locator(".pc")).to_contain_text("上次有 1 条更正没有保存")
        button(tab, "丢弃").click()
        expect(button(tab, "丢弃")).to_have_count(0)
        expect(tab.page.locator(f"{LIST} option").nth(10)).to_contain_text("※第11条")
        tab.page.locator(LIST).focus()
        tab.page.keyboard.press("u")
        expect(tab.page.locator(f"{LIST} option").nth(10)).not_to_contain_text("※")
        expect(button(tab, "保存 (s)")).to_be_enabled()
        tab.page.keyboard.press("s")
        said(tab, "已保存到")
        assert overrides(desk).splitlines()[1:] == []

        # Export what is seen.
        tab.page.locator(".pc-map button").nth(10).click()
        button(tab, "导出").click()
        for what, name in (
            ("导出图", "chart-longwan-lucheng-targets-2.11-2.10.svg"),
            ("导出表", "table-longwan-lucheng-2.11-2.10.xlsx"),
            ("导出这一对（Word）", "pair-longwan-lucheng-2.11-2.10.docx"),
        ):
            with tab.page.expect_download() as download:
                button(tab, what).click()
            said(tab, name)
            assert download.value.suggested_filename == name.rpartition(".")[0] + ".zip"
            assert (desk / "out" / "07_explore" / name).stat().st_size > 1000

        # A click on a number offers its correction.
        tab.page.locator(f"{PAIR} mark[data-number]", has_text="40").first.click()
        expect(tab.page.get_by_label("改为")).to_have_value("40")

        # Upload: what cannot be read is told in one line, what can is checked and may be chosen.
        def upload(name: str, content: bytes) -> None:
            with tab.page.expect_file_chooser() as chooser:
                tab.page.get_by_role("button", name="打开文件").click()
            chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": content})

        upload("坏.txt", b"\x00\x01\x02")
        said(tab, "坏.txt：内容不是 UTF-8")
        nasty = '甲区<script>window.pwned=1</script>"政策"\n一、产业<img src=x onerror="window.pwned=1">\n'
        nasty += (
            "（一）培育<script>window.pwned=1</script>企业。"
            + "新增企业5家，" * 1500
            + "（责任单位：<b>区经信局</b>）\n（二）引才。引进人才9名。\n"
        )
        upload('"><b>.txt', nasty.encode())
        said(tab, "可在上面选为左边或右边的文件")
        expect(tab.page.locator(".pc-tool pre").first).to_contain_text("1 个部分，2 条")
        tab.page.get_by_label("右边的文件").select_option(index=2)
        expect(tab.page.locator(f"{LIST} option").last).to_contain_text("引才")
        tab.page.locator(".pc-map button").last.click()
        button(tab, "上一条 (k)").click()
        expect(tab.page.locator(PAIR)).to_contain_text("培育<script>window.pwned=1</script>企业")
        assert tab.page.evaluate("window.pwned") is None

        # A kernel that is lost: the page says so, and the next window offers what was not saved.
        tab.page.reload()
        settled(tab)
        tab.page.locator(LIST).focus()
        tab.page.keyboard.press("x")
        said(tab, "已更正，尚未保存")
        expect(tab.page.locator(".pc-state")).to_have_text("有更正未保存")
        subprocess.run(["pkill", "-9", "-f", "ipykernel_launcher.*voila_"], check=False)
        expect(tab.page.locator(".pc-state")).to_contain_text("连接断了", timeout=60_000)
        asked = []
        tab.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        tab.page.reload()
        settled(tab)
        assert asked == ["beforeunload"]
        tab.troubles.clear()  # of the connection that was cut
        button(tab, "恢复").click()
        expect(tab.page.locator(".pc-state")).to_have_text("有更正未保存")
        expect(button(tab, "保存 (s)")).to_be_enabled()
        button(tab, "撤销 (u)").click()
        expect(tab.page.locator(".pc-state")).to_have_text("更正都已保存")

        # English.
        button(tab, "English").click()
        expect(tab.page.get_by_label("Search")).to_be_visible()
        expect(tab.page.locator(PAIR)).to_contain_text("Longwan cl. 37")
        for key, clause in (("Home", "Longwan cl. 1 "), ("j", "Longwan cl. 2 ")):
            tab.page.locator(LIST).press(key)
            expect(tab.page.locator(PAIR)).to_contain_text(clause)
        nothing_wrong(tab)


def test_the_notebook_in_jupyterlab(tab, desk, tmp_path):
    port, settings = free_port(), tmp_path / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    news = '{"fetchNews": "false", "checkForUpdates": false}'
    (settings / "notification.jupyterlab-settings").write_text(news, encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
               "--ServerApp.port_retries=0", "--IdentityProvider.token=t", f"--ServerApp.root_dir={desk}",
               "--ServerApp.log_level=ERROR"]  # fmt: skip
    with serving(command, tmp_path, f"http://127.0.0.1:{port}/api"):
        page = tab.page
        page.goto(f"http://127.0.0.1:{port}/lab/tree/07_explore.ipynb?token=t")
        run_all(page)
        settled(tab)
        cells = page.locator(".jp-Cell").count()

        # The keys belong to the window: arrows move in the list, and "d d" deletes no cell.
        page.locator(LIST).focus()
        for key in ("Home", "ArrowDown", "ArrowDown", "d", "d"):
            page.keyboard.press(key)
        expect(page.locator(PAIR)).to_contain_text("支持科技领域重大项目建设", timeout=10_000)
        page.keyboard.press("k")
        expect(page.locator(PAIR)).to_contain_text("支持开展关键核心技术攻关")
        assert page.locator(".jp-Cell").count() == cells
        page.keyboard.press("x")
        said(tab, "已更正，尚未保存")
        expect(page.locator(PAIR)).to_contain_text("无对应")
        button(tab, "保存 (s)").press("Enter")
        said(tab, "已保存到")
        assert overrides(desk).splitlines()[1:] == ["longwan,lucheng,2,2,reject,,,"]

        # Run again: the window is made anew from the files.
        run_all(page)
        expect(page.locator(".pc-message")).to_have_text("", timeout=60_000)
        settled(tab)
        expect(page.locator(f"{LIST} option").nth(1)).to_contain_text("※第2条")
        nothing_wrong(tab)


def run_all(page) -> None:
    """Run every cell, once the kernel is there."""
    expect(page.get_by_role("button", name="Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('li[data-command="runmenu:run-all"]').click()
