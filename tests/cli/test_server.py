"""The explorer as a page of its own: a token, this machine's names only, few kernels."""

import asyncio
import subprocess
import sys

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

from policycmp.cli import server


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "a.ipynb").write_text("{}", encoding="utf-8")
    made = server.App()
    made.initialize([str(tmp_path / "a.ipynb"), "--no-browser"])
    yield made
    server.App.clear_instance()


def test_who_has_no_token_is_refused(app):
    app.setup_template_dirs()
    app.init_settings()
    assert len(app.identity_provider.token) >= 32


def test_pages_are_served_to_this_machines_names_only(app):
    app.setup_template_dirs()
    assert app.init_settings()["allow_remote_access"] is False
    assert app.ip in ("127.0.0.1", "localhost")


def test_beyond_a_bound_a_new_window_is_told_to_wait(monkeypatch):
    started = []

    async def start(self, *arguments, **options):
        started.append(f"kernel {len(started)}")
        return started[-1]

    monkeypatch.setattr(AsyncMappingKernelManager, "start_kernel", start)
    monkeypatch.setattr(server.FewKernels, "list_kernel_ids", lambda self: started)
    few = server.FewKernels(most=2)
    assert [asyncio.run(few.start_kernel()) for _ in range(2)] == ["kernel 0", "kernel 1"]
    with pytest.raises(HTTPError, match="at most 2 windows"):
        asyncio.run(few.start_kernel())
    assert len(started) == 2


def test_the_server_does_not_load_what_checks_addresses():
    program = "import sys, policycmp.cli.server; print('rfc3987_syntax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == "False", done.stderr
