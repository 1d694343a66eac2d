"""The tables of an app: there are none.

Faust's tables publish their changes without waiting, and lose them on a crash between the change and the commit.
State is written by the agent through ``Log.append`` before its batch is done, and read back when partitions come.
"""

from faust.tables.manager import TableManager
from faust.types.tables import CollectionT


class NoTables(TableManager):
    """Refuses tables, and does not wait a second for them at the start, as Faust's does."""

    async def on_start(self) -> None:
        """Start at once what hands the first partitions over."""
        await self._update_channels()
        await self.recovery.start()

    def add(self, table: CollectionT) -> CollectionT:
        """Refuse."""
        raise NotImplementedError(f"没有 Faust 表：{table.name} 的状态经 streams.log 的 Log.append 写入状态主题")
