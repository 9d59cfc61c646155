"""How many people the app serves at once: real sessions over WebSocket against a running server.

    python -m tests.benchmarks.load [SESSIONS ...]

Starts the app, opens each number of sessions (50 and 100 unless told), each with its own place
and changing a filter every 10 seconds on average for a minute, and prints the time from change to
the end of the rerun (p50, p95), and the server's CPU an interaction and memory.
"""

import asyncio
import random
import statistics
import sys
import time
from urllib.parse import quote

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.conftest import free_port, start_app

THINK_SECONDS = 10.0
RUN_SECONDS = 60.0
PLACES = ("1550", "2200", "8000", "5000", "9000", "6700", "4000", "7100", "3700", "9990")


class Session:
    """One person: opens the page with a place, then changes what is needed now and then."""

    def __init__(self, url: str, number: int) -> None:
        self.url = url
        self.query = f"at={quote(PLACES[number % len(PLACES)])}&within=50000"
        self.random = random.Random(number)
        self.pills = ""
        self.fragment = ""
        self.options: list[str] = []
        self.times: list[float] = []

    async def run(self, until: float) -> None:
        async with connect(self.url, max_size=None, subprotocols=["streamlit"]) as socket:  # type: ignore[list-item]
            await self.rerun(socket, BackMsg())
            while time.monotonic() < until:
                await asyncio.sleep(self.random.uniform(0, 2 * THINK_SECONDS))
                message = BackMsg()
                message.rerun_script.fragment_id = self.fragment
                state = WidgetState(id=self.pills)
                state.string_array_value.data.append(self.random.choice(self.options))
                message.rerun_script.widget_states.widgets.append(state)
                start = time.perf_counter()
                await self.rerun(socket, message)
                self.times.append(time.perf_counter() - start)

    async def rerun(self, socket: ClientConnection, message: BackMsg) -> None:
        message.rerun_script.query_string = self.query
        message.rerun_script.context_info.locale = "en-GB"
        await socket.send(message.SerializeToString())
        async for data in socket:
            answer = ForwardMsg()
            answer.ParseFromString(data)  # type: ignore[arg-type]
            self.note(answer)
            if answer.WhichOneof("type") == "script_finished":
                return

    def note(self, answer: ForwardMsg) -> None:
        """Remember the widget "What do you need?" when it passes by."""
        if answer.WhichOneof("type") != "delta" or answer.delta.WhichOneof("type") != "new_element":
            return
        element = answer.delta.new_element
        if element.WhichOneof("type") == "button_group" and element.button_group.id.endswith(
            "-need"
        ):
            self.pills = element.button_group.id
            self.fragment = answer.delta.fragment_id
            self.options = [option.content for option in element.button_group.options]


async def load(url: str, sessions: int) -> list[float]:
    people = [Session(url, number) for number in range(sessions)]
    until = time.monotonic() + RUN_SECONDS

    async def arrive(person: Session, number: int) -> None:
        await asyncio.sleep(number * THINK_SECONDS / sessions)
        await person.run(until)

    await asyncio.gather(*(arrive(person, number) for number, person in enumerate(people)))
    return [seconds for person in people for seconds in person.times]


def main() -> None:
    for sessions in [int(argument) for argument in sys.argv[1:]] or [50, 100]:
        port = free_port()
        server = start_app({}, port)
        process = psutil.Process(server.pid)
        try:
            url = f"ws://127.0.0.1:{port}/_stcore/stream"
            asyncio.run(Session(url, 0).run(0))  # the first visitor loads the data
            before, cpu = process.memory_info().rss, sum(process.cpu_times()[:2])
            times = asyncio.run(load(url, sessions))
            cpu = sum(process.cpu_times()[:2]) - cpu
            print(
                f"{sessions} sessions: {len(times)} interactions, "
                f"p50 {statistics.median(times):.3f} s, "
                f"p95 {statistics.quantiles(times, n=20)[-1]:.3f} s, "
                f"CPU {1000 * cpu / (len(times) + sessions):.0f} ms each, "
                f"memory {process.memory_info().rss / 2**20:.0f} MB "
                f"(+{(process.memory_info().rss - before) / 2**20 / sessions:.1f} MB a session)"
            )
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main()
