"""A worker as a process of its own: ``python -m tests.streams.transport.process BROKER TOPIC OUT GROUP``.

For each batch it appends the offsets of its records to the same partition of OUT, waits until they are durable, says
so in a line, and only then is done with it. A record whose value is ``spoil`` makes it raise.
"""

import sys

from streams.log import New, open_log
from streams.transport import Options, app_on, worker_of


def main(broker: str, topic: str, out: str, group: str) -> None:
    """Run until told to stop."""
    options = Options(batch_records=10, session=2.0, rebalance=10.0, poll=0.005)
    app = app_on(broker, id=group, options=options, broker_commit_interval=0.05)
    log = open_log(broker)

    async def copy(stream: object) -> None:
        await log.start()
        try:
            async for batch in stream:  # type: ignore[attr-defined]  # Faust hands a stream
                if any(record.value == b"spoil" for record in batch.records):
                    raise ValueError("spoilt record")
                await log.append(out, batch.partition, [New(b"%d" % record.offset) for record in batch.records])
                print(batch.partition, batch.next_offset, flush=True)  # noqa: T201 - the test reads it
        finally:
            await log.stop()

    app.agent(app.topic(topic))(copy)
    worker_of(app).execute_from_commandline()


if __name__ == "__main__":
    main(*sys.argv[1:])
