"""Logs of other shapes, each with a mapping and no Python: permits, service requests, fines."""

import pytest

from tests.streams.sources.reading import SAMPLES, Read, get, read


def sample(name: str, suffix: str) -> Read:
    return read([SAMPLES / f"{name}.{suffix}"], SAMPLES / f"{name}.yaml")


def test_one_row_a_case_with_several_dates() -> None:
    found = sample("permits", "csv")

    told = [(event.event_id, event.occurred_at[:10]) for event in found.events if event.case_id == "BP-1"]
    assert [
        ("BP-1/case.submitted/1", "2024-01-08"),
        ("BP-1/case.accepted/1", "2024-01-08"),
        ("BP-1/decision.made/1", "2024-01-23"),
        ("BP-1/case.closed/1", "2024-06-03"),
    ] == told
    assert {"day"} == {event.time_precision for event in found.events}


def test_a_permit_has_its_due_date_cost_and_outcome() -> None:
    found = sample("permits", "csv")

    accepted, refused = found.event("BP-1/case.accepted/1"), found.event("BP-3/decision.made/1")
    assert ("2024-01-29", "246089.80") == (get(accepted, "promise_due"), str(get(accepted, "fee_expected")))
    assert "DENIED" == get(refused, "result")
    assert {"BP-1", "BP-3"} == {event.case_id for event in found.of("case.closed")}


def test_a_permit_of_the_thirtieth_of_february_is_put_aside() -> None:
    found = sample("permits", "csv")

    assert {("BP-4", 5)} == {(bad.case_id, bad.where.line) for bad in found.bad}


def test_requests_in_american_stamps_with_a_due_date() -> None:
    found = sample("requests", "csv")

    due = {event.case_id: get(event, "promise_due") for event in found.of("case.accepted")}
    assert {"38270553": "2018-02-21T00:20:22-05:00", "38280550": "2018-02-21T21:09:08-05:00", "38280551": None} == due
    assert ["38280550"] == [event.case_id for event in found.of("case.closed")]
    assert "2018-07-04T15:15:00-04:00" == found.event("38280551/case.submitted/1").occurred_at


def test_fines_with_a_penalty_and_payments_by_running_total() -> None:
    found = sample("fines", "xes")

    assert ["35.0", "71.5", "22.0"] == [str(get(event, "amount_due")) for event in found.of("fee.assessed")]
    assert [("F1-3", "40.00"), ("F1-4", "31.50")] == [
        (get(event, "pay_no"), str(get(event, "amount"))) for event in found.of("fee.paid")
    ]


def test_a_fine_ends_with_its_last_payment_or_its_collection() -> None:
    found = sample("fines", "xes")

    ends = {event.case_id: event.occurred_at[:10] for event in found.of("case.closed")}
    assert {"F1": "2007-04-01", "F2": "2009-03-30"} == ends


@pytest.mark.parametrize(("name", "suffix"), [("permits", "csv"), ("requests", "csv"), ("fines", "xes")])
def test_no_sample_has_a_defect(name: str, suffix: str) -> None:
    assert [()] == list({event.defects for event in sample(name, suffix).events})


def test_events_without_a_use_are_filtered_and_so_is_a_trace_without_events() -> None:
    found = sample("fines", "xes")

    assert ["trace F2 event 2", "trace F3"] == [one.where.record for one in found.filtered]
