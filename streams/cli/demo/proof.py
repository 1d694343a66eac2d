"""The proof: what was planted against what was found, rule by rule, and the verification of every card."""

from typing import TYPE_CHECKING

from rules.events.instants import MINUTE
from streams.cli.compare import print_differences, print_scores
from streams.cli.demo.scene import heading
from streams.cli.verify import print_verification

if TYPE_CHECKING:
    from rich.console import Console

    from streams.cli.agreement import Agreement
    from streams.cli.demo.asked import Asked
    from streams.verify import Verification

DIFFERENCES_SHOWN = 12
MILLISECOND = 1_000


def show_proof(to: "Console", found: "Agreement", verified: "Verification", asked: "Asked") -> bool:
    """Show the proof and return whether it holds.

    With a scaled clock the key is no proof (``asked``): what differs is shown and explained, the verification decides.
    """
    heading(to, "六、埋设与查出", "模拟时埋设的违规和近似情形，与在线查出的逐条对照")
    print_scores(to, found)
    if not found.holds:
        print_differences(to, found.differences, DIFFERENCES_SHOWN)
    to.print()
    planted = sum(one.wanted for one in found.scores)
    near = sum(one.quiet for one in found.scores)
    hit = sum(one.hit for one in found.scores)
    surplus = sum(one.found - one.right for one in found.scores)
    kept = sum(one.kept_quiet for one in found.scores)
    said = f"埋设 {planted:,} 处，查出 {hit:,} 处，多报 {surplus:,} 处；近似情形 {near:,} 处，{kept:,} 处不报"
    if found.holds:
        to.print(f"对照 ✓ 一致：{len(found.scores)} 条规则，{said}；查全率 1.000，查准率 1.000", style="green")
    else:
        to.print(f"对照 ✗ 有差异：{said}", style="bold red")
    if asked.scaled and not found.holds:
        to.print(_why_not(asked), style="yellow")
    print_verification(to, verified, DIFFERENCES_SHOWN)
    return (found.holds or asked.scaled) and verified.holds


def _why_not(asked: "Asked") -> str:
    """Return why a scaled clock finds more than was planted."""
    minutes = float(asked.times or 1) * MILLISECOND / MINUTE
    return (
        f"时钟加快：日志的时间戳只到毫秒，一毫秒合模拟的 {minutes:.1f} 分钟，路上几十毫秒即数小时。"
        "记录因此晚于来源声明的时延，期限、补录、无数据等看时间的规则会多报；不写 --clock scaled 则逐条一致"
    )
