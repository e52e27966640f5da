"""How papermill's client gets its kernels: jupyter_client's manager, with processes of ours."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from queue import Empty
from typing import Any, ClassVar
from uuid import uuid4

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from strategy_lib.running.forking import ForkedKernel

_STEP = 0.005
_TRY_AGAIN = 1.0


class _OwnSpecs(KernelSpecManager):
    """Always this Python: a notebook saved elsewhere may name a kernel that is not installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        command = [sys.executable, "-m", "strategy_lib.running.plainkernel"]
        return KernelSpec(
            argv=[*command, "-f", "{connection_file}", "--HistoryManager.enabled=False"],
            name=kernel_name,
            display_name="Python 3",
            language="python",
        )


class ForkProvisioner(LocalProvisioner):
    """Lets a kernel begin that was forked beforehand."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Let the kernel begin; of the command only the arguments count."""
        kernel: ForkedKernel = self.parent.forked  # type: ignore[union-attr]
        kernel.begin(cmd[cmd.index("-f") :], kwargs["env"], str(kwargs["cwd"]))
        self.process = kernel  # type: ignore[assignment]
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait here: the manager would look only every 0.1 s."""
        await super().kill(restart)
        while await self.poll() is None:
            await asyncio.sleep(_STEP)


class ChapterKernelClient(AsyncKernelClient):
    """A client that takes a kernel as ready at its first sign of life.

    jupyter_client goes on listening until nothing has come for 0.2 s. Papermill's client knows the
    messages that it waits for by their number, so what is left over from the start is no harm.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until both channels that carry results have answered.

        Raises
        ------
        RuntimeError
            If the kernel ends or says nothing within `timeout` seconds.
        """
        deadline = time.monotonic() + (timeout or float("inf"))
        while True:
            self.kernel_info()
            try:
                await self.get_shell_msg(timeout=_TRY_AGAIN)
                await self.get_iopub_msg(timeout=_TRY_AGAIN)
                return
            except Empty:
                pass
            if not await self.is_alive():
                raise RuntimeError("the kernel ended while it was starting")
            if time.monotonic() > deadline:
                raise RuntimeError(f"the kernel said nothing for {timeout:.0f} seconds")


class ChapterKernelManager(AsyncKernelManager):
    """Manages the kernel of one chapter; papermill takes a class, so what it needs stands in one.

    Attributes
    ----------
    folder : Path
        Where its sockets are and where it runs; nobody else may read it.
    environment : mapping
        Its environment.
    forked : ForkedKernel or None
        The kernel that was forked beforehand; None to start one.
    """

    folder: ClassVar[Path]
    environment: ClassVar[Mapping[str, str]]
    forked: ClassVar[ForkedKernel | None]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kernel_spec_manager=_OwnSpecs(), **kwargs)
        self.client_factory = ChapterKernelClient
        self.kernel_id = uuid4().hex[:8]
        self.connection_file = str(self.folder / f"{self.kernel_id}.json")
        if sys.platform != "win32":
            # Sockets in a folder that only this user can open: no ports, no races for them.
            self.transport = "ipc"

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start the kernel in its folder and environment."""
        provisioner = ForkProvisioner if self.forked else LocalProvisioner
        self.provisioner = provisioner(
            kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
        )
        kwargs |= {"env": dict(self.environment), "cwd": str(self.folder)}
        await super().start_kernel(**kwargs)
        if self.transport == "ipc":
            await self._listening()

    async def _listening(self) -> None:
        """Wait for the last of the kernel's sockets: a client that is too early loses 0.1 s."""
        socket = Path(f"{self.ip}-{self.hb_port}")
        deadline = time.monotonic() + _TRY_AGAIN
        while time.monotonic() < deadline and not socket.exists():
            await asyncio.sleep(_STEP)


def kernel_manager_class(
    folder: Path, environment: Mapping[str, str], forked: ForkedKernel | None
) -> type[ChapterKernelManager]:
    """The manager for the kernel of one chapter."""
    members = {"folder": folder, "environment": environment, "forked": forked}
    return type("OneKernelManager", (ChapterKernelManager,), members)
