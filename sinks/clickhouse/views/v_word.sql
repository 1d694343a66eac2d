-- 代码与名称
-- 粒度：每个词表的每个代码一行
-- 时效：随程序版本
-- 示例：SELECT code, name FROM v_word WHERE kind = 'state' ORDER BY position
CREATE OR REPLACE VIEW v_word
(
    kind          LowCardinality(String)            COMMENT '词表：level、state、move、event、pause、result、stage_result、region',
    code          String                            COMMENT '代码',
    name          String                            COMMENT '名称',
    position      UInt32                            COMMENT '次序，从 1 起'
)
AS
SELECT kind, code, name, position FROM dim_word FINAL
