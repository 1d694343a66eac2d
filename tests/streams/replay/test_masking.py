import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events.decode import decode
from streams.replay.masking import masked, masked_bytes, masked_text

PHONE, HIDDEN_PHONE = "13812345678", "138****5678"
IDENTITY, HIDDEN_IDENTITY = "370102199003071234", "370102********1234"
REVIEW: dict[str, Any] = {
    "event_id": "E1",
    "event_type": "review.submitted",
    "case_id": "C1",
    "occurred_at": "2026-03-02T09:00:00+08:00",
}


def through(record: dict[str, Any], *, ascii_only: bool = False) -> dict[str, Any]:
    raw = json.dumps(record, ensure_ascii=ascii_only).encode()
    clean: dict[str, Any] = json.loads(masked(raw, decode(raw)))
    return clean


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        (f"电话{PHONE}。", f"电话{HIDDEN_PHONE}。"),
        ("138 1234 5678", HIDDEN_PHONE),
        ("138-1234-5678", HIDDEN_PHONE),
        (f"+86{PHONE}", f"+86{HIDDEN_PHONE}"),
        (f"{IDENTITY}的材料", f"{HIDDEN_IDENTITY}的材料"),
        ("37010219900307123X", "370102********123X"),
        ("370102 19900307 1234", HIDDEN_IDENTITY),
        (f"{PHONE}、{IDENTITY}", f"{HIDDEN_PHONE}、{HIDDEN_IDENTITY}"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
    ],
)
class TestNumber:
    def test_is_masked_in_text(self, written: str, hidden: str) -> None:
        assert hidden == masked_text(written)

    def test_is_masked_in_the_free_text_of_a_record(self, written: str, hidden: str) -> None:
        assert hidden == through({**REVIEW, "text": written})["text"]

    def test_is_masked_where_the_record_is_written_in_escapes(self, written: str, hidden: str) -> None:
        assert hidden == through({**REVIEW, "text": written}, ascii_only=True)["text"]

    def test_is_masked_in_a_field_nobody_knows(self, written: str, hidden: str) -> None:
        clean = through({**REVIEW, "contact_no": written, "more": {"list": [written, 7]}})

        assert hidden == clean["contact_no"]
        assert {"list": [hidden, 7]} == clean["more"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02 09:00:00",
        "99138123456789",
        "23812345678",
        "913701020000000012",
        "11370000004502345X",
        "共 1380 件，合计 1,234,567.00 元",
        HIDDEN_PHONE,
        HIDDEN_IDENTITY,
    ],
)
def test_what_is_no_such_number_stays(text: str) -> None:
    assert text == masked_text(text)


def test_a_number_written_as_a_number_is_masked_where_nobody_knows_the_field() -> None:
    assert HIDDEN_PHONE == through({**REVIEW, "mobile": int(PHONE)})["mobile"]


def test_identifiers_codes_stamps_and_amounts_stay() -> None:
    record = {
        "event_id": f"{PHONE}-1",
        "event_type": "fee.paid",
        "case_id": IDENTITY,
        "occurred_at": "2026-03-02T09:00:00+08:00",
        "pay_no": PHONE,
        "operator_id": IDENTITY,
        "amount": "13812345678.00",
    }

    assert record == through(record)


def test_a_payer_is_masked_though_payers_stay_apart() -> None:
    record = {**REVIEW, "event_type": "fee.paid", "payer": IDENTITY}

    assert HIDDEN_IDENTITY == through(record)["payer"]
    assert through(record) != through({**record, "payer": "370102199003075678"})


def test_a_corrected_field_is_looked_at_by_its_own_name() -> None:
    fields = {"pay_no": PHONE, "reason": f"打{PHONE}核实"}

    clean = through({**REVIEW, "event_type": "event.corrected", "fields": fields})

    assert {"pay_no": PHONE, "reason": f"打{HIDDEN_PHONE}核实"} == clean["fields"]


def test_a_field_that_could_not_be_read_is_masked_with_what_is_said_of_it() -> None:
    raw = json.dumps({**REVIEW, "event_type": "fee.paid", "amount": f"{PHONE}元"}, ensure_ascii=False).encode()

    clean = masked(raw, decode(raw))

    assert PHONE.encode() not in clean
    assert not [defect for defect in decode(clean).defects if PHONE in defect]


def test_amounts_keep_their_digits_in_a_record_that_is_masked() -> None:
    raw = b'{"event_id":"E1","event_type":"fee.paid","case_id":"C","occurred_at":"2026-03-02T09:00:00+08:00",'
    raw += b'"amount":12345678901234.10,"tel":"13812345678"}'

    clean = masked(raw, decode(raw))

    assert b'"amount":12345678901234.10' in clean
    assert decode(raw).amount == decode(clean).amount  # type: ignore[attr-defined]  # a payment


def test_a_record_without_such_a_number_is_handed_back_as_it_is() -> None:
    raw = json.dumps({**REVIEW, "case_id": "370102202601050001", "text": "很好"}).encode()

    assert raw is masked(raw, decode(raw))


def test_bytes_that_are_no_record_are_masked() -> None:
    assert b"\xff{tel:138****5678" == masked_bytes(b"\xff{tel:13812345678")


def test_the_case_of_bytes_that_are_no_record_stays() -> None:
    raw = f'{{"case_id":"{IDENTITY}","tel":"{PHONE}'.encode()

    assert f'{{"case_id":"{IDENTITY}","tel":"{HIDDEN_PHONE}'.encode() == masked_bytes(raw, IDENTITY)


@given(st.text(), st.sampled_from([PHONE, IDENTITY]), st.text())
def test_masking_twice_is_masking_once(before: str, number: str, after: str) -> None:
    once = masked_text(before + number + after)

    assert once == masked_text(once)


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"])), st.text(st.characters(exclude_categories=["Nd", "Cs"])))
def test_a_number_anywhere_in_a_text_is_masked(before: str, after: str) -> None:
    assert PHONE not in through({**REVIEW, "text": f"{before}{PHONE}{after}"})["text"]
