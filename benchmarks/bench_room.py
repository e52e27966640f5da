"""The room's server under 200 phones, on loopback: the real command, and raw HTTP.

Run as `python benchmarks/bench_room.py [SECONDS [KILLS]]`. The baseline is the same answers written
one after another, each with a wait for the disk of its own. Measured: an answer a second from each
phone, all at once, closing to the spread on the screen, memory, pages; and, where kills are asked
for, power that is lost so many times while phones answer.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from strategy_lib.core.workspace import Workspace, open_workspace
from strategy_lib.inputs.entries.entry import Asked, EntryLog, EntryReader, read_entries
from strategy_lib.room.journal import Journal
from strategy_lib.room.pairing import hashed
from strategy_lib.room.state import CLOSING
from tests.workspaces import make_workspace

PHONES, QUESTIONS = 200, 14
SECONDS, KILLS, ENTRIES = 60, 0, 6000
ADDED_MS, MEDIAN_MS, P99_MS, ALL_AT_ONCE_S, CLOSING_S, MEMORY_MB, PAGE_KB = (
    20,
    100,
    300,
    1.0,
    2.0,
    200,
    60,
)
PEOPLE = [f"A{n:03d}" for n in range(1, PHONES + 1)]
SIGNS = {who: f"{n:08d}" for n, who in enumerate(PEOPLE)}


def large_room(folder: Path) -> Workspace:
    """200 people, one option, 14 criteria; everybody has a card."""
    workspace = make_workspace(folder, {})
    inputs = workspace.cycle().inputs
    rows = [
        Asked("assessors", {"assessor_id": who, "unit_id": "ke"}, "facilitator") for who in PEOPLE
    ]
    option = {"option_id": "P1", "name": "Office", "legal_route": "none"}
    rows.append(Asked("presence_options", option, "facilitator"))
    for n in range(QUESTIONS):
        criterion = {
            "criterion_id": f"c{n:02d}",
            "name": f"Criterion {n}",
            "direction": "higher_is_better",
            "question": f"How much of {n}?",
            "anchor_0": "none",
            "anchor_10": "all",
        }
        rows.append(Asked("criteria", criterion, "facilitator"))
    EntryLog(inputs, "lists").append_many(rows)
    journal = Journal(workspace.cycle().root / ".cache" / "room")
    for who in PEOPLE:
        journal.write("card", datetime.now(UTC), who=who, signs=hashed(SIGNS[who]))
    journal.close()
    return workspace


class Server:
    """`workbook room` on two free ports."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "strategy_lib.cli", "room", str(root)]
        options = ["--port", "0", "--host-port", "0", "--no-browser"]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        links: dict[str, str] = {}
        while "Phones" not in links:
            line = self.process.stdout.readline()
            assert line, "the room did not start"
            what, _, rest = line.strip().partition(": ")
            links[what] = rest
        self.phones = int(links["Phones"].rstrip("/").rpartition(":")[2])
        self.host = int(links["Host"].split("/")[2].rpartition(":")[2])
        self.keys = {page: links[page.title()].partition("key=")[2] for page in ("host", "screen")}

    def memory_mb(self) -> tuple[float, float]:
        """Memory of the server and of the process beside it."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = " ".join(path.read_text() for path in threads)
        sizes = [_resident(pid) for pid in (self.process.pid, *map(int, children.split()))]
        return sizes[0], sum(sizes[1:])

    def processor_ms(self) -> float:
        """Time that the server has had of a processor so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        self.process.kill()
        self.end()

    def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGINT)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def _resident(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0


class Line:
    """One connection that is kept; its address is its own, as that of a phone is."""

    def __init__(self, port: int, number: int = 0) -> None:
        self.port, self.own = port, f"127.0.{number // 250}.{number % 250 + 1}"
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, path: str, body: Any = None, token: str = ""
    ) -> tuple[int, dict[str, Any] | bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection(
                "127.0.0.1", self.port, local_addr=(self.own, 0), limit=1 << 20
            )
        reader, writer = self.streams
        data = b"" if body is None else json.dumps(body).encode()
        kind = "GET" if body is None else "POST"
        head = f"{kind} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        head += f"Authorization: Bearer {token}\r\n" if token else "Accept-Encoding: gzip\r\n"
        if body is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n"
        writer.write(head.encode() + b"\r\n" + data)
        begun = (await reader.readline()).split()
        # While no server listens, loopback may connect a port to itself: its own request comes back.
        if len(begun) < 2 or not begun[0].startswith(b"HTTP/"):
            raise ConnectionError
        length, is_json = 0, False
        while (line := await reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            length = int(value) if name.lower() == "content-length" else length
            is_json |= name.lower() == "content-type" and "json" in value
        raw = await reader.readexactly(length)
        return int(begun[1]), json.loads(raw) if is_json else raw

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def paired(server: Server) -> list[str]:
    """Tokens of all phones."""

    async def one(number: int) -> str:
        line = Line(server.phones, number)
        body = {"code": SIGNS[PEOPLE[number]], "nonce": f"{number:032x}"}
        status, told = await line.ask("/api/pair", body)
        line.close()
        assert status == 200 and isinstance(told, dict), told
        return str(told["token"])

    return list(await asyncio.gather(*map(one, range(PHONES))))


async def entered(server: Server) -> tuple[Line, str]:
    line = Line(server.host)
    _, told = await line.ask("/api/enter", {"key": server.keys["host"]})
    assert isinstance(told, dict)
    return line, told["token"]


async def do(line: Line, token: str, command: str, **more: Any) -> dict[str, Any]:
    _, state = await line.ask("/api/host/state?tick=-1", token=token)
    assert isinstance(state, dict)
    body = {"command": command, "version": state["version"], **more}
    status, told = await line.ask("/api/host/do", body, token)
    assert status == 200 and isinstance(told, dict), told
    return told


def answer(number: int, count: int) -> dict[str, Any]:
    best = (number * 7 + count) % 11
    return {
        "id": f"{number:05d}-{count:016d}",
        "key": "presence:1.1",
        "question": f"scores/P1/c{count % QUESTIONS:02d}",
        "round": 1,
        "value": {"low": max(0, best - 1), "best": best, "high": min(10, best + 1)},
    }


async def spread_over(
    server: Server, tokens: list[str], seconds: float, *, is_bare: bool = False
) -> list[float]:
    """Milliseconds of each answer: one a second from each phone, which also waits for news.

    Bare is a request to which the server does nothing: what the machine alone takes just now.
    """
    waits: list[float] = []
    begun = time.perf_counter() + 1

    async def phone(number: int) -> None:
        line, due, count = Line(server.phones, number), random.random(), 0
        while due < seconds:
            await asyncio.sleep(max(0.0, begun + due - time.perf_counter()))
            at = time.perf_counter()
            if is_bare:
                status, told = await line.ask("/nothing")
            else:
                status, told = await line.ask("/api/answer", answer(number, count), tokens[number])
            assert status == (404 if is_bare else 200), told
            waits.append(1000 * (time.perf_counter() - at))
            due, count = due + 1, count + 1
        line.close()

    async def news(number: int) -> None:
        line, version = Line(server.phones, number), -1
        while True:
            _, told = await line.ask(f"/api/state?version={version}", token=tokens[number])
            assert isinstance(told, dict)
            version = told.get("version", -1)

    listening = [asyncio.create_task(news(n)) for n in range(PHONES)]
    await asyncio.gather(*map(phone, range(PHONES)))
    for task in listening:
        task.cancel()
    return sorted(waits)


async def all_at_once(server: Server, tokens: list[str]) -> float:
    """Seconds until the last of all phones is answered that send in the same moment."""
    lines = [Line(server.phones, number) for number in range(PHONES)]
    for line, token in zip(lines, tokens, strict=True):
        await line.ask("/api/questions?key=presence:1.1", token=token)
    begun = time.perf_counter()
    asked = (line.ask("/api/answer", answer(n, 10**6), tokens[n]) for n, line in enumerate(lines))
    done = await asyncio.gather(*asked)
    took = time.perf_counter() - begun
    assert all(status == 200 for status, _ in done)
    return took


async def closed(server: Server, line: Line, token: str) -> float:
    """Seconds from the end of the five of closing to the spread on the screen."""
    screen = Line(server.host, 7)
    _, told = await screen.ask("/api/enter", {"key": server.keys["screen"]})
    assert isinstance(told, dict)
    key, version, spread = told["token"], -1, None
    begun = time.perf_counter()
    await do(line, token, "close", sure=True)
    while spread is None:
        _, state = await screen.ask(f"/api/screen/state?version={version}", token=key)
        assert isinstance(state, dict)
        version, spread = state["version"], state["spread"]
    took = time.perf_counter() - begun - CLOSING
    assert spread["answered"] == PHONES
    return took


async def killed(root: Path, kills: int) -> tuple[int, int, int]:
    """Kill the server while phones answer; acknowledged, lost and written twice."""
    server, acknowledged = Server(root), set[str]()
    tokens = await paired(server)
    line, token = await entered(server)
    await do(line, token, "choose", block="presence")
    await do(line, token, "open")
    stop, at = False, [server]

    async def phone(number: int) -> None:
        line, count, waiting = Line(at[0].phones, number), 0, None
        while not stop or waiting:
            waiting = waiting or answer(number, 2 * 10**6 + count)
            try:
                line.port = at[0].phones
                status, _ = await line.ask("/api/answer", waiting, tokens[number])
            except (OSError, ConnectionError, asyncio.IncompleteReadError):
                line.close()
                await asyncio.sleep(0.05)
                continue
            if status == 200:
                acknowledged.add(str(waiting["id"]))
                waiting, count = None, count + 1
            await asyncio.sleep(0.3 * random.random())

    work = [asyncio.create_task(phone(number)) for number in range(60)]
    for _ in range(kills):
        await asyncio.sleep(0.2 + 0.3 * random.random())
        await asyncio.to_thread(at[0].kill)
        at[0] = await asyncio.to_thread(Server, root)
    stop = True
    await asyncio.gather(*work)
    at[0].end()
    history = read_entries(open_workspace(root).cycle().inputs).history
    found = Counter(e.marks["answer"] for e in history if "answer" in e.marks)
    return len(acknowledged), len(acknowledged - set(found)), sum(n > 1 for n in found.values())


def one_by_one(folder: Path, count: int) -> float:
    """Seconds an answer that is written by itself."""
    folder.mkdir()
    log = EntryLog(folder, "alone")
    row = {"assessor_id": "A001", "round": 1, "option_id": "P1", "criterion_id": "c00", "best": 5}
    begun = time.perf_counter()
    for _ in range(count):
        log.append("scores", row, "A001")
    return (time.perf_counter() - begun) / count


def one_more(folder: Path, count: int) -> tuple[float, float]:
    """Milliseconds to read one entry that was added to so many; the ratio to reading all anew."""
    folder.mkdir()
    log, reader = EntryLog(folder, "many"), EntryReader(folder)
    row = {"round": 1, "option_id": "P1", "low": 3, "best": 5, "high": 7}
    log.append_many(
        [
            Asked(
                "scores", row | {"assessor_id": f"A{n % 200}", "criterion_id": f"c{n // 200}"}, "x"
            )
            for n in range(count)
        ]
    )
    reader.read()
    waits = []
    for n in range(9):
        log.append(
            "scores", row | {"assessor_id": "A1", "criterion_id": "c1", "best": 3 + n % 5}, "A1"
        )
        begun = time.perf_counter()
        reader.read()
        waits.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    read_entries(folder)
    whole = time.perf_counter() - begun
    return 1000 * sorted(waits)[4], sorted(waits)[4] / whole


def told(name: str, value: float, goal: float, unit: str) -> bool:
    """Print a figure beside its goal; whether it is missed."""
    print(f"{name}: {value:.1f} {unit} (goal: {goal:g} or less)", flush=True)
    return value > goal


async def measured(root: Path, seconds: float) -> bool:
    server = Server(root)
    try:
        tokens = await paired(server)
        line, token = await entered(server)
        asked = [f"scores/P1/c{n:02d}" for n in range(QUESTIONS)]
        await do(line, token, "choose", block="presence", questions=asked)
        await do(line, token, "open")
        bare = await spread_over(server, tokens, min(10, seconds), is_bare=True)
        before = server.processor_ms()
        waits = await spread_over(server, tokens, seconds)
        each = (server.processor_ms() - before) / len(waits)
        print(f"{len(waits)} answers; each takes the server {each:.1f} ms of a processor")
        ratio = waits[len(waits) // 2] / bare[len(bare) // 2]
        print(f"saved / a request to which nothing is done, median: {ratio:.1f}")
        missed = told("saved, median", waits[len(waits) // 2], MEDIAN_MS, "ms")
        missed |= told("saved, p99", waits[int(0.99 * (len(waits) - 1))], P99_MS, "ms")
        missed |= told("all at once", await all_at_once(server, tokens), ALL_AT_ONCE_S, "s")
        missed |= told("closing to the spread", await closed(server, line, token), CLOSING_S, "s")
        own, beside = server.memory_mb()
        missed |= told("memory of the server", own, MEMORY_MB, "MB")
        print(f"memory of the process that analyses: {beside:.0f} MB")
        for port, path in ((server.phones, "/"), (server.host, "/host"), (server.host, "/screen")):
            _, page = await Line(port).ask(path)
            missed |= told(f"page {path}", len(page) / 1024, PAGE_KB, "kB")
        return missed
    finally:
        server.end()


def main(seconds: float, kills: int) -> int:
    """Measure and print; 1 where a goal is missed or an answer is lost."""
    with tempfile.TemporaryDirectory(prefix="bench-room-") as folder:
        room = large_room(Path(folder, "room"))
        missed = asyncio.run(measured(room.root, seconds))
        each = one_by_one(Path(folder, "alone"), 500)
        print(f"written one by one, each answer takes {1000 * each:.1f} ms")
        added, ratio = one_more(Path(folder, "many"), ENTRIES)
        missed |= told(f"one entry more than {ENTRIES:,}", added, ADDED_MS, "ms")
        print(f"  / reading all of them anew: {ratio:.3f}")
        if kills:
            place = large_room(Path(folder, "killed"))
            count, lost, twice = asyncio.run(killed(place.root, kills))
            print(f"{kills} kills: {count} acknowledged, {lost} lost, {twice} written twice")
            missed |= bool(lost or twice)
    return int(missed)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    given = [float(word) for word in sys.argv[1:]]
    sys.exit(main(*[*given[:1], SECONDS][:1], int([*given[1:2], KILLS][0])))
