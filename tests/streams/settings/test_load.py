from pathlib import Path

import pytest

from streams.settings import Loaded, SettingsErrors, load_settings
from streams.settings.effective import effective
from streams.settings.load import fields_of, variable_of
from streams.settings.settings import Role


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def refused(environment: dict[str, str], file: Path | None = None) -> list[str]:
    with pytest.raises(SettingsErrors) as caught:
        load_settings(environment, file)
    return [str(problem) for problem in caught.value.problems]


class TestLayers:
    def test_nothing_written_is_one_machine_with_nothing_installed(self) -> None:
        settings = load_settings({}).settings

        assert (True, True) == (settings.broker.is_local, settings.store.is_folder)
        assert (8, 1, 1) == (settings.topics.partitions, settings.replication, settings.min_insync)
        assert (Role.SUPERVISE, Role.SINK) == settings.roles

    def test_a_file_gives_sections_and_their_short_form(self, tmp_path: Path) -> None:
        file = write(
            tmp_path / "s.yaml", "broker: kafka://a:9092,b\nstore: {url: 'clickhouse://u@c/d', secure: true}\n"
        )

        settings = load_settings({}, file).settings

        assert ("a:9092", "b:9092") == settings.broker.servers
        assert ("c", 9440, "u", "d") == settings.store.server
        assert (3, 2) == (settings.replication, settings.min_insync)

    def test_the_environment_wins_over_the_file_and_the_command_line_over_both(self, tmp_path: Path) -> None:
        file = write(tmp_path / "s.yaml", "topics:\n  prefix: a\n  partitions: 2\ncatalog: x\n")
        environment = {"JIANCHA_TOPICS__PREFIX": "b", "JIANCHA_TOPICS__PARTITIONS": "3", "PATH": "/bin"}

        loaded = load_settings(environment, file, {"topics.prefix": "c", "catalog": None})

        assert ("c", 3, "x") == (
            loaded.settings.topics.prefix,
            loaded.settings.topics.partitions,
            loaded.settings.catalog,
        )
        assert {
            ("topics", "prefix"): "命令行",
            ("topics", "partitions"): "环境变量 JIANCHA_TOPICS__PARTITIONS",
            ("catalog",): f"{file}:4",
        } == loaded.written

    def test_the_command_line_may_name_a_section_as_one_word(self) -> None:
        loaded = load_settings({"JIANCHA_BROKER__URL": "kafka://a"}, None, {"broker": "kafka://b"})

        assert "kafka://b" == loaded.settings.broker.url

    def test_a_variable_names_the_file(self, tmp_path: Path) -> None:
        file = write(tmp_path / "s.yaml", "catalog: y\n")

        assert "y" == load_settings({"JIANCHA_CONFIG": str(file)}).settings.catalog

    def test_the_short_variable_and_a_longer_one_stand_together(self) -> None:
        environment = {
            "JIANCHA_BROKER": "kafka://k:1",
            "JIANCHA_BROKER__PROTOCOL": "SASL_SSL",
            "JIANCHA_BROKER__USERNAME": "u",
            "JIANCHA_BROKER__PASSWORD": "p",
        }

        broker = load_settings(environment).settings.broker

        assert (("k:1",), "u") == (broker.servers, broker.username)

    def test_a_variable_writes_a_list_with_commas(self) -> None:
        environment = {"JIANCHA_ROLES": "sink", "JIANCHA_STORE": "clickhouse://h", "JIANCHA_STORE__ALT_HOSTS": "b:1, c"}

        settings = load_settings(environment).settings

        assert (Role.SINK,) == settings.roles
        assert ("b:1", "c") == settings.store.alt_hosts

    def test_an_empty_variable_is_not_set(self) -> None:
        assert Loaded(load_settings({}).settings, {}) == load_settings({"JIANCHA_PROFILE": ""})

    def test_every_field_has_its_own_variable(self) -> None:
        names = [variable_of(field) for field in fields_of()]

        assert len(names) == len(set(names)) > 40


class TestRefusals:
    def test_everything_wrong_is_said_at_once_with_its_line(self, tmp_path: Path) -> None:
        file = write(
            tmp_path / "s.yaml",
            "topics:\n  partitions: many\n  prefx: a\nhttp:\n  host: 0.0.0.0\n",
        )

        assert [
            "环境变量 JIANCHA_BROKRE：没有这个设置；是否想写 JIANCHA_BROKER？",
            f"{file}:2：topics.partitions：「many」：应是整数",
            f"{file}:3：topics.prefx：没有这个键，写错了或不在此处",
            f"{file}:5：http：监听 0.0.0.0 须有 token_file（或 token）；只给本机用则写 127.0.0.1",
        ] == refused({"JIANCHA_BROKRE": "kafka://a"}, file)

    def test_a_secret_is_not_repeated_in_a_refusal(self, tmp_path: Path) -> None:
        file = write(tmp_path / "s.yaml", "broker:\n  url: kafka://a\n  password: 12345678\n")

        (problem,) = refused({}, file)

        assert "12345678" not in problem
        assert f"{file}:3：broker.password：" in problem

    @pytest.mark.parametrize(
        ("environment", "word"),
        [
            ({"JIANCHA_BROKER": "redis://a"}, "kafka://主机:端口"),
            ({"JIANCHA_BROKER": "kafka://u:p@a:1"}, "不写在地址里"),
            ({"JIANCHA_BROKER": "kafka://a:port"}, "不是 主机:端口"),
            ({"JIANCHA_BROKER": "local://"}, "local://目录"),
            ({"JIANCHA_BROKER": "kafka://a", "JIANCHA_BROKER__PROTOCOL": "SASL_SSL"}, "username"),
            ({"JIANCHA_BROKER": "kafka://a", "JIANCHA_BROKER__USERNAME": "u"}, "不登录"),
            ({"JIANCHA_BROKER": "kafka://a", "JIANCHA_BROKER__CA_FILE": "ca.pem"}, "不加密"),
            ({"JIANCHA_BROKER__PROTOCOL": "SSL"}, "本地日志没有 protocol"),
            ({"JIANCHA_STORE": "clickhouse://u:p@h/d"}, "密码不写在地址里"),
            ({"JIANCHA_STORE": "http://h"}, "clickhouse://用户@主机"),
            ({"JIANCHA_STORE__SECURE": "true"}, "存储是目录"),
            ({"JIANCHA_CLOCK": "scaled"}, "epoch_real"),
            ({"JIANCHA_CLOCK__FACTOR": "10"}, "只用于 scaled"),
            ({"JIANCHA_TOPICS__REPLICATION": "3"}, "本地日志只有一份"),
            ({"JIANCHA_BROKER": "kafka://a", "JIANCHA_TOPICS__MIN_INSYNC": "4"}, "大于副本数 3"),
            ({"JIANCHA_ROLES": "judge"}, "roles"),
            ({"JIANCHA_HTTP__TOKEN": "t", "JIANCHA_HTTP__TOKEN_FILE": "f"}, "只写一个"),
            (
                {
                    "JIANCHA_CLOCK": "scaled",
                    "JIANCHA_CLOCK__EPOCH_REAL": "2026-01-01T00:00:00",
                    "JIANCHA_CLOCK__EPOCH_SIM": "2026-01-01T00:00:00Z",
                },
                "缺时区",
            ),
        ],
    )
    def test_what_does_not_fit_is_refused_in_words(self, environment: dict[str, str], word: str) -> None:
        assert any(word in problem for problem in refused(environment))

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("- a\n", "键: 值"),
            ("a: [\n", ":"),
            ("catalog: a\ncatalog: b\n", "重复"),
            (b"\xff".decode("latin1"), "catalog"),
        ],
    )
    def test_a_file_that_is_no_settings_is_refused(self, tmp_path: Path, text: str, word: str) -> None:
        file = tmp_path / "s.yaml"
        file.write_bytes(text.encode("latin1") if word == "catalog" else text.encode())

        problems = refused({}, file)

        assert all(problem.startswith(str(file)) for problem in problems)

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        assert [f"{tmp_path / 'no.yaml'}：读不出：No such file or directory"] == refused({}, tmp_path / "no.yaml")


class TestEffective:
    def test_secrets_never_show(self) -> None:
        environment = {
            "JIANCHA_BROKER": "kafka://a",
            "JIANCHA_BROKER__PROTOCOL": "SASL_SSL",
            "JIANCHA_BROKER__USERNAME": "u",
            "JIANCHA_BROKER__PASSWORD": "hunter2",
            "JIANCHA_HTTP__TOKEN": "hunter2",
        }

        loaded = load_settings(environment)

        assert "hunter2" not in repr(list(effective(loaded)))
        assert "hunter2" not in repr(loaded)

    def test_every_setting_says_what_it_means_and_where_it_comes_from(self) -> None:
        rows = list(effective(load_settings({"JIANCHA_CATALOG": "a"})))

        assert [".".join(field) for field in fields_of()] == [".".join(row.field) for row in rows]
        assert [] == [row.field for row in rows if not row.meaning]
        assert {"默认", "环境变量 JIANCHA_CATALOG"} == {row.where for row in rows}
