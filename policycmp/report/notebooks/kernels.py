"""Kernels for notebooks. Where a system can fork, each is a copy of one process that has everything loaded.

A kernel started by itself spends some three seconds on imports and on the dictionary of words before its first cell;
a copy of the warm process spends none. That process (`serve`) reads one request a line and
answers with the process number of the kernel; it ends when its input does, and so do its kernels.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

CAN_FORK = sys.platform == "linux"  # macOS can, but its own libraries do not bear it
PRELOADED = (
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "policycmp.asking",
    "policycmp.charts",
    "policycmp.evaluate",
    "policycmp.shown",
)
INLINE = "module://matplotlib_inline.backend_inline"


class Warm:
    """The warm process, from which kernels are forked."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            env={**env, "MPLBACKEND": INLINE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def fork(self, connection_file: str, cwd: str, env: Mapping[str, str]) -> Forked:
        """Return a kernel that listens where ``connection_file`` says."""
        assert self._process.stdin is not None and self._process.stdout is not None
        # The warm process stands where it was started.
        request = {"connection_file": connection_file, "cwd": os.path.abspath(cwd), "env": dict(env)}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return Forked(int(self._process.stdout.readline()))

    def close(self) -> None:
        """End the warm process."""
        self._process.communicate()


class Forked:
    """A kernel that is a grandchild of this process, with as much of `subprocess.Popen` as its manager needs."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while the kernel runs, then 0: how it ended is known to the warm process only."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        """Return how a kernel that has ended did end."""
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)


@contextlib.contextmanager
def warm(env: Mapping[str, str]) -> Iterator[Warm | None]:
    """Give a warm process for the time of a block; None where the system cannot fork."""
    if not CAN_FORK:
        yield None
        return
    process = Warm(env)
    try:
        yield process
    finally:
        process.close()


def attach(manager: Any, process: Warm) -> None:
    """Let ``manager``, of a kernel not yet started, fork its kernel from ``process``."""
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class ForkingProvisioner(LocalProvisioner):
        """Starts a kernel by asking the warm process for a copy of itself."""

        process: Any

        async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
            self.process = process.fork(manager.connection_file, str(options["cwd"]), options["env"])
            return self.connection_info

    manager.kernel_id = Path(manager.connection_file or "kernel").stem
    manager.provisioner = ForkingProvisioner(
        kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager
    )


def serve() -> None:
    """Load all that a notebook needs, then fork a kernel for each line of the standard input."""
    signal.signal(signal.SIGCHLD, _reap)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which then closes the input
    gc.disable()
    _load()
    gc.freeze()  # what is loaded stays: no kernel looks for cycles in it
    gc.enable()
    parent = os.getpid()  # of the kernels, which end with it
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become_kernel(parent, **request)
        try:
            print(pid, flush=True)
        except BrokenPipeError:  # who asked was killed: the kernels end with this process
            os._exit(0)


def _reap(*_: object) -> None:
    """Wait for the kernels that have ended: they leave nothing behind, and their time is part of this process's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _load() -> None:
    """Import what the notebooks import, and read the dictionary and the word lists by one comparison.

    Nothing is drawn: an open font file would be read by all copies at one place.
    """
    import pandas

    from policycmp import reading
    from policycmp.comparison import compare
    from policycmp.errors import PolicyError

    for name in PRELOADED:
        importlib.import_module(name)
    # Outside a kernel pandas takes its output for a terminal's, which shows as many columns as its width has room for.
    pandas.set_option("display.max_columns", 20)
    with contextlib.suppress(PolicyError):  # without the shipped documents the kernels are only slower
        compare(*reading.pair())


def _become_kernel(parent: int, connection_file: str, cwd: str, env: dict[str, str]) -> NoReturn:
    from ipykernel.kernelapp import IPKernelApp

    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else signal.default_int_handler)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env | {"MPLBACKEND": INLINE})
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # the warm process's own input and answers
        os.dup2(nowhere, stream)
    if os.getppid() != parent:  # it was killed meanwhile, and nobody would end this kernel
        os._exit(0)
    ends_with = f"--IPKernelApp.parent_handle={parent}"  # the module looked for JPY_PARENT_PID when it was loaded
    IPKernelApp.launch_instance(argv=["-f", connection_file, "--log-level=ERROR", ends_with])
    os._exit(0)
