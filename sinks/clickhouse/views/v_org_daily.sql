-- 部门按日
-- 粒度：每日（上海时间）每部门一行
-- 时效：信号同步；办件随归并（回放写入时，在线每几分钟），没有归并时逐件算出
-- 示例：SELECT day, sum(accepted), sum(closed), sum(closed_late) FROM v_org_daily GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_org_daily
(
    day           Date                              COMMENT '日期',
    day_start     DateTime('Asia/Shanghai')         COMMENT '该日零点，供时间轴用',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    submitted     UInt64                            COMMENT '申办，件',
    accepted      UInt64                            COMMENT '受理，件',
    closed        UInt64                            COMMENT '办结，件',
    closed_timed  UInt64                            COMMENT '办结而承诺到期日确定，件',
    closed_late   UInt64                            COMMENT '其中逾期办结，件',
    raised        UInt64                            COMMENT '生成信号，张',
    raised_red    UInt64                            COMMENT '其中红牌，张',
    raised_yellow UInt64                            COMMENT '其中黄牌，张',
    to_red        UInt64                            COMMENT '升为红牌，次',
    withdrawn     UInt64                            COMMENT '撤回，次'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies
SELECT
    day,
    toDateTime(day, 'Asia/Shanghai') AS day_start,
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    region_code,
    sum(a.submitted) AS submitted,
    sum(a.accepted) AS accepted,
    sum(a.closed) AS closed,
    sum(a.timed) AS closed_timed,
    sum(a.late) AS closed_late,
    sum(a.raised) AS raised,
    sum(a.red) AS raised_red,
    sum(a.yellow) AS raised_yellow,
    sum(a.risen) AS to_red,
    sum(a.withdrawn) AS withdrawn
FROM
(
    SELECT
        org_code, region_code, one.day AS day, sum(one.submitted) AS submitted, sum(one.accepted) AS accepted, sum(one.closed) AS closed,
        sum(one.timed) AS timed, sum(one.late) AS late,
        0 AS raised, 0 AS red, 0 AS yellow, 0 AS risen, 0 AS withdrawn
    FROM v_case_day AS one
    GROUP BY org_code, region_code, day
    UNION ALL
    SELECT
        org_code, region_code, day, 0, 0, 0, 0, 0,
        sum(v_rule_daily.raised), sum(raised_red), sum(raised_yellow), sum(to_red), sum(v_rule_daily.withdrawn)
    FROM v_rule_daily
    GROUP BY org_code, region_code, day
) AS a
GROUP BY day, org_code, region_code
