-- 图上的标注
-- 粒度：每张在案红牌一行，目录的每次变动一行，每次换版一行
-- 时效：与信号、目录同步
-- 示例：SELECT at, kind_name, title FROM v_annotation WHERE kind = 'tariff' ORDER BY at
CREATE OR REPLACE VIEW v_annotation
(
    at            DateTime64(6, 'Asia/Shanghai')    COMMENT '时间',
    kind          LowCardinality(String)            COMMENT '种类代码：red、matter、tariff、calendar、profile、statute、edition',
    kind_name     LowCardinality(String)            COMMENT '种类',
    title         String                            COMMENT '标题',
    text          String                            COMMENT '说明：依据，或部门与事项',
    link          String                            COMMENT '地址，没有为空',
    org_code      LowCardinality(String)            COMMENT '责任部门代码；目录变动为空',
    task_code     LowCardinality(String)            COMMENT '实施编码；与事项无关为空',
    region_code   LowCardinality(String)            COMMENT '行政区划代码；目录变动为空'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    ['matter', 'tariff', 'calendar', 'profile', 'statute'] AS kinds,
    ['事项变动', '收费变动', '日历公布', '阈值变动', '法定时限变动'] AS kind_names
SELECT
    condition_at AS at, 'red' AS kind, '红牌' AS kind_name,
    concat('● ', rule_name) AS title, concat(org_name, ' ', task_name, ' ', case_id) AS text, link,
    org_code, task_code, region_code
FROM v_card
WHERE standing AND level_rank = 3 AND NOT historic
UNION ALL
SELECT
    toDateTime64(day, 6, 'Asia/Shanghai'), kind, transform(kind, kinds, kind_names, toString(kind)),
    title, basis, '', '', if(kind = 'matter', code, ''), ''
FROM dim_change FINAL
WHERE edition = current.2
UNION ALL
SELECT min(recorded_at), 'edition', '目录换版', edition, '', '', '', '', ''
FROM run FINAL
GROUP BY edition
