-- 隔离区
-- 粒度：每条隔离的记录一行，不含原文
-- 时效：与读入同步
-- 示例：SELECT field, reason, count() FROM v_quarantine GROUP BY field, reason ORDER BY 3 DESC
CREATE OR REPLACE VIEW v_quarantine
(
    file          LowCardinality(String)            COMMENT '来源文件；在线为 主题-分区',
    position      UInt64                            COMMENT '次序，或在该分区中的位移',
    at            Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '到达日志的时间；回放没有',
    line          Nullable(UInt64)                  COMMENT '行号，从 1 起',
    field         LowCardinality(String)            COMMENT '读不出的字段，整条读不出为空',
    reason        String                            COMMENT '隔离原因',
    case_id       String                            COMMENT '办件编号，仍可读出时',
    org_code      LowCardinality(String)            COMMENT '部门代码，仍可判明时',
    org_name      LowCardinality(String)            COMMENT '部门名称',
    size          UInt64                            COMMENT '原文长度，字节',
    digest        String                            COMMENT '原文的 SHA-256，十六进制'
)
AS
WITH (SELECT any(run) FROM v_current) AS current
SELECT
    a.file AS file, a.position AS position, a.at AS at, a.line AS line, a.field AS field, a.reason AS reason,
    a.case_id AS case_id, b.org_code AS org_code, b.org_name AS org_name, a.size AS size, a.digest AS digest
FROM (SELECT * FROM quarantine FINAL WHERE run = current) AS a
GLOBAL ANY LEFT JOIN
(
    SELECT case_id, org_code, org_name FROM case_state FINAL
    WHERE run = current AND case_id GLOBAL IN (SELECT case_id FROM quarantine WHERE run = current AND case_id != '')
) AS b ON a.case_id = b.case_id
