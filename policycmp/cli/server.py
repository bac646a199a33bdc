"""Voilà as `policycmp app` starts it: who has no token is refused, so is a page of another host, and kernels are few.

Run as ``python -m policycmp.cli.server NOTEBOOK`` with Voilà's own options: with ``--Voila.token=''`` no token is
needed, ``--FewKernels.most=16`` allows more windows at a time. Voilà itself asks for no token and takes every host.
"""

from __future__ import annotations

from typing import Any

from policycmp.report import notebooks
from policycmp.wording import said

notebooks.library()  # first, and without what checks addresses: Jupyter would load that, too

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager  # noqa: E402
from tornado.web import HTTPError  # noqa: E402
from traitlets import Int  # noqa: E402
from voila.app import Voila  # noqa: E402


class FewKernels(AsyncMappingKernelManager):
    """Kernels, each of which is a window with some 300 MB; beyond ``most`` a new page is told to wait."""

    most = Int(8, config=True, help="Windows at a time.")

    async def start_kernel(self, *arguments: Any, **options: Any) -> Any:  # type: ignore[override]
        """Start a kernel, if there is room for one."""
        if len(self.list_kernel_ids()) >= self.most:
            text = said("app_full", "en", chapter="command", most=self.most)
            raise HTTPError(503, text, reason=text)  # a reason is ASCII
        return await super().start_kernel(*arguments, **options)


class App(Voila):  # type: ignore[misc]
    """Voilà for one person, or for those to whom that person gives the address with its token."""

    name = "voila"  # its configuration is Voilà's

    def initialize(self, argv: Any = None) -> None:
        """Read the options; ours hold where the user gives none."""
        self.auto_token = True
        super().initialize(argv)
        self.voila_configuration.multi_kernel_manager_class = FewKernels

    def init_settings(self) -> dict[str, Any]:
        """Return the settings of the server, which answers to this machine's own names only."""
        settings: dict[str, Any] = super().init_settings()
        return settings | {"allow_remote_access": self.ip not in ("127.0.0.1", "localhost", "::1")}


if __name__ == "__main__":
    App.launch_instance()
