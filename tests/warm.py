"""For nbval, as a plugin: the kernels of a process are copies of one that is warm, as in a report."""

import os
import sys
from typing import Any

from jupyter_client.manager import KernelManager

from policycmp.report.notebooks import kernels

sys.modules.setdefault("rfc3987_syntax", None)  # nbformat checks addresses by it, and it takes a second to load
WARM: list[kernels.Warm] = []


class Manager(KernelManager):
    """Starts its kernel as a copy of the warm process, which starts with the first of them."""

    def start_kernel(self, **options: Any) -> None:
        if kernels.CAN_FORK:
            WARM[:] = WARM or [kernels.Warm(os.environ)]
            kernels.attach(self, WARM[0])
        super().start_kernel(**options)


def pytest_configure() -> None:
    import nbval.kernel

    nbval.kernel.KernelManager = Manager


def pytest_unconfigure() -> None:
    for process in WARM:
        process.close()
