-- 办件的计时：计入、不计入、延长与超期的区间
-- 粒度：办件每个时限的每个区间一行
-- 时效：与办件状态同步；在走的时限算到当前时刻
-- 示例：SELECT clock_name, kind_name, first_day, last_day, n, unit FROM v_case_clock WHERE case_id = 'ABC' ORDER BY clock, first_day
CREATE OR REPLACE VIEW v_case_clock
(
    case_id       String                            COMMENT '办件编号',
    clock         LowCardinality(String)            COMMENT '时限代码：promise、statutory',
    clock_name    LowCardinality(String)            COMMENT '时限：承诺、法定',
    kind          LowCardinality(String)            COMMENT '区间代码：counted、excluded、added、over',
    kind_name     LowCardinality(String)            COMMENT '区间：计入、不计入、延长、超期',
    first_day     Date                              COMMENT '首日',
    last_day      Nullable(Date)                    COMMENT '末日，未结束为空',
    n             Nullable(Int32)                   COMMENT '日数，单位见 unit',
    unit          LowCardinality(String)            COMMENT '单位：个工作日、个自然日',
    event_id      String                            COMMENT '所据事件编号，计入与超期为空',
    limit_text    String                            COMMENT '时限长度',
    start_day     Date                              COMMENT '起算日，当日不计',
    due           Nullable(Date)                    COMMENT '到期日，挂起未结束为空',
    stop_day      Nullable(Date)                    COMMENT '停止日，在走为空',
    certain       Bool                              COMMENT '所需的工作日历是否齐备',
    basis         String                            COMMENT '依据'
)
AS
WITH
    (SELECT any((run, edition, today)) FROM v_current) AS current,
    (SELECT any((first_day, serials)) FROM v_workday_index) AS calendar
SELECT
    case_id,
    which AS clock,
    if(which = 'promise', '承诺', '法定') AS clock_name,
    piece.1 AS kind,
    transform(piece.1, ['counted', 'excluded', 'added', 'over'], ['计入', '不计入', '延长', '超期'], '') AS kind_name,
    piece.2 + 1 AS first_day,
    piece.3 AS last_day,
    multiIf(
        piece.4 IS NOT NULL, toInt32(piece.4),
        working, toInt32(arrayElementOrNull(calendar.2, greatest(toInt32(assumeNotNull(piece.3)) - calendar.1 + 1, 0))
            - arrayElementOrNull(calendar.2, greatest(toInt32(piece.2) - calendar.1 + 1, 0))),
        toInt32(assumeNotNull(piece.3) - piece.2)) AS n,
    if(working, '个工作日', '个自然日') AS unit,
    piece.5 AS event_id,
    limit_text,
    start_day,
    due,
    stop_day,
    certain,
    basis
FROM
(
    WITH
        toDate('2149-06-06') AS far,
        toDate(begin) AS start_day,
        toDate(ends) AS due,
        toDate(stopped) AS stop_day,
        ifNull(stop_day, current.3) AS until,
        least(until, ifNull(due, until)) AS last,
        arrayFilter(one -> one.1 = which AND one.2 = 'excluded',
            arrayZip(span_clock, span_kind, span_after, span_through, span_n, span_event)) AS outs,
        arrayFilter(one -> one.1 = which AND one.2 = 'added',
            arrayZip(span_clock, span_kind, span_after, span_through, span_n, span_event)) AS more,
        arrayZip(
            arrayConcat([start_day], arrayMap(one -> ifNull(toDate(one.4), far), outs)),
            arrayConcat(arrayMap(one -> least(toDate(one.3), last), outs), [last])) AS between,
        arrayConcat(
            arrayMap(one -> ('counted', one.1, toNullable(one.2), CAST(NULL, 'Nullable(UInt32)'), ''),
                arrayFilter(one -> one.1 < one.2, between)),
            arrayMap(one -> ('excluded', toDate(one.3), toDate(one.4), toNullable(one.5), one.6), outs),
            arrayMap(one -> ('added', toDate(one.3), CAST(NULL, 'Nullable(Date)'), toNullable(one.5), one.6), more),
            if(ifNull(until > due, false), [('over', assumeNotNull(due), toNullable(until), CAST(NULL, 'Nullable(UInt32)'), '')], [])) AS intervals
    SELECT case_id, which, working, limit_text, certain, basis, start_day, due, stop_day, intervals
    FROM
    (
        SELECT
            case_id, which, working, limit_text, certain, basis, begin, ends, stopped,
            span_clock, span_kind, span_after, span_through, span_n, span_event
        FROM case_part FINAL
        ARRAY JOIN
            clock_kind AS which, clock_start AS begin, clock_due AS ends, clock_stop AS stopped,
            clock_working AS working, clock_limit AS limit_text, clock_certain AS certain, clock_basis AS basis
        WHERE run = current.1
    )
)
ARRAY JOIN intervals AS piece
