from pathlib import Path

import pytest

from rules.catalog.loading import CatalogErrors, Kind, builtin_names, load_documents
from rules.catalog.loading.directory import BUILTIN
from tests.rules.catalog.writing import loaded, refusals, written

FEE = "fees:\n  - {{code: F1, name: 费一, basis: {basis}}}\n"


class TestLayers:
    def test_a_catalogue_stands_on_the_nation_unless_it_says_otherwise(self, tmp_path: Path) -> None:
        documents = loaded(tmp_path)

        assert ("national", tmp_path.name) == documents.layers
        assert 7 == len(documents.statutes)
        assert {"CN"} == {calendar.region for calendar in documents.calendars}

    def test_a_catalogue_may_stand_alone(self, tmp_path: Path) -> None:
        documents = loaded(tmp_path, catalog="name: 试\ntitle: 试\nedition: 1\nextends: []\n")

        assert (tmp_path.name,) == documents.layers
        assert () == documents.statutes

    def test_a_later_layer_replaces_all_entries_of_a_code(self, tmp_path: Path) -> None:
        documents = loaded(
            tmp_path,
            law="""
            statutes:
              - {id: licence.statutory, from: 2004-07-01, until: 2027-01-01, limit: {n: 20}, basis: 旧}
              - {id: licence.statutory, from: 2027-01-01, limit: {n: 15}, basis: 新}
            """,
        )

        assert ["旧", "新"] == [one.basis for one in documents.statutes if one.id == "licence.statutory"]
        assert 8 == len(documents.statutes)

    def test_a_profile_of_the_nation_may_be_written_again(self, tmp_path: Path) -> None:
        documents = loaded(tmp_path, own="profiles:\n  - {name: default, title: 自己的, basis: 示1号}\n")

        assert ["自己的"] == [profile.title for profile in documents.profiles if profile.name == "default"]
        assert 4 == len(documents.profiles)

    def test_what_ships_goes_by_its_name(self) -> None:
        assert ("national", "shili") == builtin_names()
        assert "全国" == load_documents("national").head.title

    def test_an_unknown_name_below_says_which_there_are(self, tmp_path: Path) -> None:
        found = refusals(tmp_path, catalog="name: 试\ntitle: 试\nedition: 1\nextends: [national, 外省]\n")

        assert ["catalog.yaml:4 extends[1] 没有自带的目录「外省」，只有 national、shili"] == found

    def test_a_file_may_hold_several_sections(self, tmp_path: Path) -> None:
        documents = loaded(
            tmp_path,
            agencies__a="""
            fees: [{code: F1, name: 费一, basis: 示1号}]
            officers: [{id: P1, org_code: A1, roles: [check], basis: 示2号}]
            """,
        )

        assert ("F1", "P1") == (documents.fees[0].code, documents.officers[0].id)


class TestOrigins:
    def test_every_entry_knows_where_it_was_written(self, tmp_path: Path) -> None:
        documents = loaded(tmp_path, deep__fees=FEE.format(basis="示1号"))

        origin = documents.origin(Kind.FEES)
        assert (f"{tmp_path}/deep/fees.yaml", ("fees", 0), 2) == (origin.file, origin.path, origin.place.line)

    def test_origins_run_beside_their_entries(self) -> None:
        documents = load_documents("shili")

        for index, officer in enumerate(documents.officers):
            origin = documents.origin(Kind.OFFICERS, index)
            text = (BUILTIN / origin.file).read_text(encoding="utf-8").splitlines()
            assert officer.id in text[origin.place.line - 1]


class TestDigest:
    def test_the_same_files_are_the_same_edition_wherever_they_lie(self, tmp_path: Path) -> None:
        one = loaded(tmp_path / "a", fees=FEE.format(basis="示1号"))
        two = loaded(tmp_path / "b", fees=FEE.format(basis="示1号"))

        assert one.edition_digest == two.edition_digest

    @pytest.mark.parametrize("change", ["content", "name", "below"])
    def test_any_change_is_another_edition(self, tmp_path: Path, change: str) -> None:
        first = loaded(tmp_path / "a", fees=FEE.format(basis="示1号"))

        second = {
            "content": lambda: loaded(tmp_path / "b", fees=FEE.format(basis="示2号")),
            "name": lambda: loaded(tmp_path / "b", charges=FEE.format(basis="示1号")),
            "below": lambda: loaded(
                tmp_path / "b",
                fees=FEE.format(basis="示1号"),
                catalog="\nname: test\ntitle: 试验目录\nedition: 1\nextends: []\n",
            ),
        }[change]()

        assert first.edition_digest != second.edition_digest

    def test_a_text_moved_between_files_is_another_edition(self, tmp_path: Path) -> None:
        empty = "fees: []\n"
        one = loaded(tmp_path / "a", x=empty, y=FEE.format(basis="示1号"))
        two = loaded(tmp_path / "b", x=FEE.format(basis="示1号"), y=empty)

        assert one.edition_digest != two.edition_digest


def test_errors_of_a_catalogue_read_as_a_list(tmp_path: Path) -> None:
    written(tmp_path, fees="fees:\n  - {code: F1, basis: 示1号}\n")

    with pytest.raises(CatalogErrors) as raised:
        load_documents(tmp_path)

    assert [
        "目录有 1 处错误：",
        f"{tmp_path}/fees.yaml:2: 错误 fees[0].name：缺少必填项",
    ] == str(raised.value).splitlines()
