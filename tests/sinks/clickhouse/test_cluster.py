"""The schema of a cluster, as text: no cluster is at hand to run it on."""

import re

import pytest

from sinks.clickhouse.cluster import NotRendered, is_whole, on_cluster
from sinks.clickhouse.migrate import rendered, shipped
from sinks.clickhouse.views import shipped_views

ALL = [text for one in shipped() for text in rendered(one.statements(), "bureau")]


def test_a_table_becomes_a_replicated_and_a_distributed_one() -> None:
    statement = """-- a comment
CREATE TABLE card (run String, card_id String COMMENT 'ENGINE')
ENGINE = ReplacingMergeTree(seq)
ORDER BY (run, card_id)
COMMENT '信号'"""

    held, spread = on_cluster(statement, "bureau")

    assert held == (
        "CREATE TABLE card_local ON CLUSTER `bureau` (run String, card_id String COMMENT 'ENGINE')\n"
        "ENGINE = ReplicatedReplacingMergeTree(seq)\nORDER BY (run, card_id)\nCOMMENT '信号'"
    )
    assert spread == (
        "CREATE TABLE card ON CLUSTER `bureau` AS card_local"
        " ENGINE = Distributed(`bureau`, currentDatabase(), card_local, cityHash64(card_id))"
    )


def test_a_small_table_lies_whole_on_every_server() -> None:
    (held,) = on_cluster("CREATE TABLE dim_rule (id String) ENGINE = ReplacingMergeTree ORDER BY id", "bureau")

    assert held == (
        "CREATE TABLE dim_rule ON CLUSTER `bureau` (id String) ENGINE ="
        " ReplicatedReplacingMergeTree('/clickhouse/tables/{database}/dim_rule', '{shard}-{replica}') ORDER BY id"
    )


def test_a_table_like_another_is_like_its_rows() -> None:
    held, spread = on_cluster("CREATE TABLE a_moved AS a ENGINE = MergeTree ORDER BY (x, y)", "c")

    assert held == "CREATE TABLE a_moved_local ON CLUSTER `c` AS a_local ENGINE = ReplicatedMergeTree() ORDER BY (x, y)"
    assert spread.endswith(
        "AS a_moved_local ENGINE = Distributed(`c`, currentDatabase(), a_moved_local, cityHash64(x, y))"
    )


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "ALTER TABLE a\n    ADD COLUMN x Int8",
            (
                "ALTER TABLE a_local ON CLUSTER `c`\n    ADD COLUMN x Int8",
                "ALTER TABLE a ON CLUSTER `c`\n    ADD COLUMN x Int8",
            ),
        ),
        ("ALTER TABLE a MODIFY SETTING s = 1", ("ALTER TABLE a_local ON CLUSTER `c` MODIFY SETTING s = 1",)),
        ("ALTER TABLE a ADD INDEX i b TYPE minmax", ("ALTER TABLE a_local ON CLUSTER `c` ADD INDEX i b TYPE minmax",)),
        ("ALTER TABLE run MODIFY SETTING s = 1", ("ALTER TABLE run ON CLUSTER `c` MODIFY SETTING s = 1",)),
        ("EXCHANGE TABLES a AND b", ("EXCHANGE TABLES a_local AND b_local ON CLUSTER `c`",)),
        (
            "DROP TABLE IF EXISTS a",
            ("DROP TABLE IF EXISTS a ON CLUSTER `c`", "DROP TABLE IF EXISTS a_local ON CLUSTER `c` SYNC"),
        ),
        ("INSERT INTO a SELECT * FROM b FINAL", ("INSERT INTO a SELECT * FROM b FINAL",)),
    ],
)
def test_a_change_is_made_on_all_servers(statement: str, expected: tuple[str, ...]) -> None:
    assert expected == on_cluster(statement, "c")


@pytest.mark.parametrize(
    "statement", ["OPTIMIZE TABLE a", "CREATE TABLE a (x Int8) ENGINE = Memory", "RENAME TABLE a TO b"]
)
def test_a_statement_without_a_form_for_a_cluster_is_refused(statement: str) -> None:
    with pytest.raises(NotRendered):
        on_cluster(statement, "c")


@pytest.mark.parametrize("name", ["", "a b", "a`b", "1a"])
def test_a_strange_name_of_a_cluster_is_refused(name: str) -> None:
    with pytest.raises(NotRendered):
        on_cluster("DROP TABLE a", name)


class TestShipped:
    """All migrations of the program."""

    def test_every_statement_but_rows_reaches_all_servers(self) -> None:
        assert [] == [text for text in ALL if "ON CLUSTER `bureau`" not in text and not text.startswith("INSERT INTO")]

    def test_no_table_of_a_single_server_is_made(self) -> None:
        engines = {engine for text in ALL for engine in re.findall(r"ENGINE = (\w+)", text)}

        assert {"ReplicatedReplacingMergeTree", "Distributed"} == engines

    def test_rows_of_a_key_lie_in_one_shard(self) -> None:
        """Columns that choose the shard are among those that make the key: else ``FINAL`` would miss a later row."""
        keys = {}
        for text in ALL:
            if found := re.match(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+?)(?:_local)? ON", text):
                if order := re.search(r"ORDER BY (?:\(([^)]*)\)|(\w+))", text):
                    keys[found[1]] = {one.strip() for one in (order[1] or order[2]).split(",")}
                elif shard := re.search(r"cityHash64\(([^)]*)\)", text):
                    assert {one.strip() for one in shard[1].split(",")} <= keys[found[1]]

        assert {"event", "card", "card_transition", "case_state", "quarantine"} <= keys.keys()

    def test_no_replica_of_a_moved_table_takes_the_place_of_the_one_before(self) -> None:
        """A table with a path of its own could not be exchanged for one that was made under the same path again."""
        assert [] == [text for text in ALL if "_moved_local ON" in text and "/clickhouse/" in text]

    def test_every_view_is_made_on_all_servers(self) -> None:
        assert all(" ON CLUSTER bureau" in view.statement("bureau") for view in shipped_views())

    def test_names_and_runs_are_small(self) -> None:
        assert all(map(is_whole, ("dim_rule", "run", "schema_migration")))
        assert not any(map(is_whole, ("event", "card", "case_part", "run_card")))
