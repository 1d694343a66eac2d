"""What may be asked of the archive of a run, on the village's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.engine.cards import STANDING, Card, State
from rules.events.words import Level
from sinks.clickhouse.archive import Archive
from sinks.clickhouse.errors import StoreMissing
from sinks.clickhouse.store import open_store
from sinks.clickhouse.stored import CardFilter, CaseFilter
from tests.streams.replay.replayed import replayed
from tests.streams.replay.village import BROKEN, JT, SW

pytestmark = pytest.mark.slow

LAST = 1 << 20
"""A day after all others, for a case without a due date."""


def test_a_run_that_was_never_recorded_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        with pytest.raises(StoreMissing, match="没有运行记录"):
            store.archive()
        with pytest.raises(StoreMissing, match="没有运行 abc"):
            store.archive("abc")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory = tmp_path_factory.mktemp("archive")
    replayed(directory, store=directory / "store")
    with open_store(directory / "store") as store:
        yield store.archive()


class TestRun:
    def test_says_what_was_judged_and_by_what(self, archive: Archive) -> None:
        run = archive.run

        assert run.edition.startswith("cunzi@2026-01#")
        assert 1 == run.rules["OT_PROMISE_OVERDUE"]
        assert ["log.jsonl"] == [Path(one.name).name for one in run.sources]
        assert run.counts.reconciles()
        assert run.events == run.counts.folded + run.counts.duplicate
        assert {"jiancha", "python", "chdb"} <= set(run.versions)


class TestCards:
    def test_come_the_worst_first(self, archive: Archive) -> None:
        cards = [one.card for one in archive.cards()]

        assert archive.run.cards == len(cards)
        assert sorted(cards, key=lambda card: (-card.level, card.condition_at, card.card_id)) == cards

    @pytest.mark.parametrize(
        "only",
        [
            CardFilter(rules=("FE_OVER_STANDARD", "DQ_TAMPER")),
            CardFilter(levels=(Level.RED,)),
            CardFilter(states=(State.REVIEW, State.VERIFIED)),
            CardFilter(org=JT),
            CardFilter(task="CZ-QS"),
            CardFilter(case="Y1"),
            CardFilter(standing=True),
            CardFilter(since=1_773_331_200_000_000),
            CardFilter(until=1_773_331_200_000_000),
            CardFilter(levels=(Level.YELLOW,), org=SW, standing=True),
        ],
    )
    def test_are_those_that_were_asked_for(self, archive: Archive, only: CardFilter) -> None:
        found = archive.cards(only)

        assert [one for one in archive.cards() if fits(one.card, only)] == list(found)
        assert 0 < len(found) < archive.run.cards or only.task

    def test_can_be_cut_short(self, archive: Archive) -> None:
        assert archive.cards()[:3] == archive.cards(limit=3)

    def test_are_found_by_their_id(self, archive: Archive) -> None:
        one = archive.cards()[0]

        assert one == archive.card(one.card.card_id)
        assert archive.card("nobody's") is None

    def test_end_where_their_transitions_end(self, archive: Archive) -> None:
        for one in archive.cards(CardFilter(case="Y3")):
            told = [moved.transition for moved in archive.transitions(one.card.card_id)]

            assert one.card == told[-1].card
            assert one.raised_at == told[0].known_at
            assert list(range(1, one.card.seq + 1)) == [moved.card.seq for moved in told]

    def test_are_moved_by_what_happened(self, archive: Archive) -> None:
        (one,) = archive.cards(CardFilter(case="Y1", rules=("OT_PROMISE_OVERDUE",)))

        causes = [moved.transition.cause for moved in archive.transitions(one.card.card_id)]

        assert ["Y1-told", "Y1-verdict"] == [cause for cause in causes if cause in {"Y1-told", "Y1-verdict"}]


def test_transitions_are_numbered_in_the_order_in_which_they_became_known(archive: Archive) -> None:
    moved = list(archive.transitions())

    assert list(range(1, archive.run.transitions + 1)) == [one.position for one in moved]
    instants = [one.transition.known_at for one in moved]
    assert sorted(instants) == instants


class TestEvents:
    def test_of_a_case_are_those_it_was_judged_by(self, archive: Archive) -> None:
        found = archive.events("C-SAME")

        assert ["C-SAME-sub", "C-SAME-acc", "C-SAME-sl"] == [one.event_id for one in found][:3]
        assert {"C-SAME"} == {one.case_id for one in found}
        assert ["C-SAME-pay"] == [one.event.event_id for one in found if one.defects]
        assert all(one.event.event_id == one.event_id for one in found)

    def test_of_no_case_are_told_apart(self, archive: Archive) -> None:
        kinds = {one.event_type for one in archive.about_sources()}

        assert {"source.heartbeat", "source.outage", "tick", "alert.delivered"} == kinds

    def test_are_all_there(self, archive: Archive) -> None:
        assert archive.run.events == sum(1 for _ in archive.all_events())

    def test_of_an_unknown_case_are_none(self, archive: Archive) -> None:
        assert () == archive.events("nobody's")


class TestCases:
    def test_those_due_first_come_first(self, archive: Archive) -> None:
        cases = archive.case_states()
        due = [min((one.promise_due or LAST, one.statutory_due or LAST)) for one in cases]

        assert archive.run.cases == len(cases)
        assert sorted(due) == due
        assert ["C-PAUSE"] == [one.case_id for one, day in zip(cases, due, strict=True) if day == LAST]

    def test_say_what_is_known(self, archive: Archive) -> None:
        state = archive.case_state("Y1")

        assert state is not None
        assert ("取水许可", "例子村水务站") == (state.task_name, state.org_name)
        assert (739_684, True) == (state.promise_due, state.promise_certain)
        assert (False, False, Level.YELLOW) == (state.open, state.broken, state.worst)
        assert state.closed_at is not None
        assert archive.case_state("nobody's") is None

    def test_with_a_record_in_quarantine_are_marked(self, archive: Archive) -> None:
        broken = {one.case_id for one in archive.case_states() if one.broken}

        assert {"A001", "A002", "A003", "A004", "A005", "A007"} == broken

    @pytest.mark.parametrize(
        "only", [CaseFilter(open=True), CaseFilter(open=False), CaseFilter(org=JT), CaseFilter(due_until=739_684)]
    )
    def test_are_those_that_were_asked_for(self, archive: Archive, only: CaseFilter) -> None:
        found = archive.case_states(only)

        assert 0 < len(found) < archive.run.cases
        assert [
            one
            for one in archive.case_states()
            if (only.open is None or one.open is only.open)
            and (only.org is None or one.org_code == only.org)
            and (only.due_until is None or (one.promise_due or LAST) <= only.due_until)
        ] == list(found)

    def test_due_within_days_are_found(self, archive: Archive) -> None:
        found = archive.case_states(CaseFilter(due_from=739_684, due_until=739_685))

        assert {739_684, 739_685} == {one.promise_due for one in found}


def test_quarantine_is_in_the_order_of_the_log(archive: Archive) -> None:
    found = archive.quarantine()

    assert len(BROKEN) == len(found)
    assert [one.encode() for one in BROKEN] == [one.record for one in found]
    assert sorted(one.line or 0 for one in found) == [one.line for one in found]
    assert found[:2] == archive.quarantine(limit=2)


def fits(card: Card, only: CardFilter) -> bool:
    return (
        (not only.rules or card.rule_id in only.rules)
        and (not only.levels or card.level in only.levels)
        and (not only.states or card.state in only.states)
        and (only.org is None or card.org_code == only.org)
        and (only.task is None or card.task_code == only.task)
        and (only.case is None or card.scope == only.case)
        and (only.since is None or card.condition_at >= only.since)
        and (only.until is None or card.condition_at < only.until)
        and (not only.standing or card.state in STANDING)
    )
