"""Power that is lost during answers: what was acknowledged is in the log, once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from tests.room.rooms import NONCE, Reply, score

KILLS, PHONES = 10, 3
ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import asyncio, sys
from pathlib import Path
from strategy_lib.room.analysis import process
from tests.room.rooms import Here, NONCE
from strategy_lib.core.workspace import open_workspace
from strategy_lib.room.hosting import new_card
from strategy_lib.room.room import Room
from strategy_lib.room.web.serving import Served
cycle = open_workspace(sys.argv[1]).cycle()
process.ensure_snapshot = lambda *_: cycle.snapshot("core")
async def main():
    room = Room(cycle, analyst=Here(cycle))
    await room.begin()
    served = Served(room, pages=Path(sys.argv[2]))
    served.listen(0, 0)
    if room.state.phase == "draft":
        await room.open(room.state.choose("presence", None, None))
        for who in room.counts.people:
            print(who, new_card(room, who).signs)
    print("ready", served.phones, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def started(place):
    command = [sys.executable, "-c", SERVE, str(place.root), str(place.pages)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    cards = {}
    for line in process.stdout:
        what, _, rest = line.strip().partition(" ")
        if what == "ready":
            return process, rest, cards
        cards[what] = rest
    raise AssertionError("the room did not start")


async def ask(address, path, body, token=""):
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    url = f"http://{address}{path}"
    request = HTTPRequest(url, method="POST", body=json.dumps(body), headers=headers)
    return Reply(await AsyncHTTPClient(force_instance=True).fetch(request, raise_error=False))


async def answers(address, token, who, outbox, acknowledged):
    """Send until the power is lost; what was not acknowledged stays in the outbox."""
    while True:
        if not outbox:
            outbox.append((f"{who}-{len(acknowledged):018d}", len(acknowledged) % 11))
        name, best = outbox[0]
        body = {"id": name, "key": "presence:1.1", "question": "scores/P0/safety", "round": 1}
        try:
            reply = await ask(address, "/api/answer", body | {"value": score(best)}, token)
        except (OSError, HTTPClientError):
            return
        if reply.status == 200:
            acknowledged.append(name)
            outbox.pop(0)
        elif reply.status == 599:
            return


def test_ten_kills_lose_nothing_that_was_acknowledged_and_write_nothing_twice(place):
    sent = {f"A0{n}": ([], []) for n in range(1, PHONES + 1)}

    async def until_killed(process, address, tokens, count):
        work = [asyncio.create_task(answers(address, tokens[who], who, *sent[who])) for who in sent]
        enough = sum(len(done) for _, done in sent.values()) + count
        while sum(len(done) for _, done in sent.values()) < enough:
            await asyncio.sleep(0)
        os.kill(process.pid, signal.SIGKILL)
        await asyncio.gather(*work)

    process, address, cards = started(place)
    nonce = f"{NONCE}00"
    tokens = {
        who: asyncio.run(ask(address, "/api/pair", {"code": cards[who], "nonce": nonce}))["token"]
        for who in sent
    }
    for kill in range(KILLS):
        asyncio.run(until_killed(process, address, tokens, 1 + kill % 7))
        process.wait()
        process.stdout.close()
        process, address, _ = started(place)
    process.kill()
    process.wait()
    process.stdout.close()
    found = Counter(entry.marks["answer"] for entry in place.history if entry.table == "scores")
    acknowledged = {name for _, done in sent.values() for name in done}
    assert len(acknowledged) >= KILLS
    assert acknowledged <= set(found)
    assert max(found.values()) == 1
