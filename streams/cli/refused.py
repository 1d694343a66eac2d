"""What the rooms below refuse, said as one clear line: the only place where their errors become exit codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from streams.cli.trouble import Trouble, Troubles


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the catalogue, the sources, the replay and the store refuse into Trouble; anything else is our bug."""
    from rules.catalog.index import UnknownProfile
    from rules.catalog.loading import CatalogErrors
    from sinks.clickhouse.errors import StoreError
    from streams.replay.settings import NotReadable
    from streams.sources.errors import Unusable

    try:
        yield
    except CatalogErrors as errors:
        raise Troubles(f"目录有 {len(errors.problems)} 处错误：", [str(one) for one in errors.problems]) from None
    except Unusable as errors:
        raise Troubles("来源或映射不能用：", [str(one) for one in errors.problems]) from None
    except NotReadable as error:
        raise Trouble(f"记录读不出（--strict 遇到第一条即停止）：{error}") from None
    except (StoreError, UnknownProfile) as error:
        raise Trouble(str(error)) from None
    except OSError as error:
        where = f"{error.filename}：" if error.filename else ""
        raise Trouble(f"{where}{error.strerror or error}") from None
