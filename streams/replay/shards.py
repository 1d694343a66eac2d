"""Which shard a record belongs to, told from its bytes: decoding every record everywhere would cost as much again.

Only what is certain is told: the one key ``case_id`` of the outermost object, written plainly. Of anything else the
caller decodes the record. Both ways give one answer, so each record has one owner.
"""

import re
from zlib import crc32

_KEY = b'"case_id"'
_VALUE = re.compile(rb'\s*:\s*"([^"\\]*)"')
_OF_A_SOURCE = b'"source.'


def case_in(record: bytes) -> bytes | None:
    """Return the case a record names, as UTF-8, where that is certain; None where the record must be decoded to know.

    Records of sources (heartbeats, outages) concern every shard, whatever case they might name.
    """
    at = record.find(_KEY)
    if at < 0 or record.find(b"{", 1, at) >= 0 or record.find(_KEY, at + len(_KEY)) >= 0:
        return None
    if record.find(_OF_A_SOURCE) >= 0 or (b"\\" in record and b"\\u00" in record):
        return None
    value = _VALUE.match(record, at + len(_KEY))
    return (value[1] or None) if value is not None else None


def shard_of(case: bytes, of: int) -> int:
    """Return the shard of a case among so many."""
    return crc32(case) % of
