-- Names and law as screens need them, one set an edition of the catalogue: every run points at the set it judged by.
-- A set is written again by each run; equal keys replace each other.

CREATE TABLE dim_rule
(
    edition       LowCardinality(String)            COMMENT '目录版本',
    rule_id       String                            COMMENT '监察规则编号',
    number        UInt32                            COMMENT '登记序号',
    version       UInt32                            COMMENT '规则版本',
    name          String                            COMMENT '规则名称',
    family        UInt8                             COMMENT '监察类型代码：1 时限 2 内容 3 流程 4 收费 5 数据 6 督办升级',
    family_name   LowCardinality(String)            COMMENT '监察类型',
    tier          LowCardinality(String)            COMMENT '监察层级：case 对办件，agency 对部门',
    basis         String                            COMMENT '依据',
    says          String                            COMMENT '规则说明',
    subjects      LowCardinality(String)            COMMENT '监察对象的种类',
    is_notice     Bool                              COMMENT '是否提示类：无须反馈',
    figures       Array(String)                     COMMENT '算式各数的名称，按次序',
    money_sort    LowCardinality(String)            COMMENT '涉及金额的性质，不涉及金额者为空',
    money_plus    UInt8                             COMMENT '金额取自第几个算式数，从 1 起，0 为无',
    money_minus   UInt8                             COMMENT '从金额扣除第几个算式数，0 为不扣'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, rule_id)
COMMENT '监察规则的名称与说明';

CREATE TABLE dim_agency
(
    edition       LowCardinality(String)            COMMENT '目录版本',
    org_code      String                            COMMENT '部门统一社会信用代码',
    name          String                            COMMENT '部门名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    parent        String                            COMMENT '上级部门代码',
    data_source   LowCardinality(String)            COMMENT '数据来源',
    reports_daily Bool                              COMMENT '是否应每日报数',
    go_live_at    Nullable(Date32)                  COMMENT '上线日期',
    latitude      Nullable(Float64)                 COMMENT '纬度，度；未录入为空',
    longitude     Nullable(Float64)                 COMMENT '经度，度；未录入为空'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, org_code)
COMMENT '部门';

CREATE TABLE dim_matter
(
    edition        LowCardinality(String)           COMMENT '目录版本',
    task_code      String                           COMMENT '实施编码',
    name           String                           COMMENT '事项名称',
    org_code       String                           COMMENT '实施部门代码',
    region_code    LowCardinality(String)           COMMENT '行政区划代码',
    task_type      LowCardinality(String)           COMMENT '事项类型代码',
    versions       UInt32                           COMMENT '目录中的版本数',
    promise_n      Nullable(UInt32)                 COMMENT '最新版本的承诺时限',
    promise_unit   LowCardinality(String)           COMMENT '承诺时限的单位',
    statutory_n    Nullable(UInt32)                 COMMENT '最新版本的法定时限',
    statutory_unit LowCardinality(String)           COMMENT '法定时限的单位',
    is_fee         Bool                             COMMENT '是否收费'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, task_code)
COMMENT '事项，取最新版本';

CREATE TABLE dim_stage
(
    edition       LowCardinality(String)            COMMENT '目录版本',
    task_code     String                            COMMENT '实施编码',
    stage_code    String                            COMMENT '环节代码',
    name          String                            COMMENT '环节名称',
    position      UInt32                            COMMENT '在流程中的次序，从 1 起',
    limit_n       Nullable(UInt32)                  COMMENT '环节时限',
    limit_unit    LowCardinality(String)            COMMENT '环节时限的单位'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, task_code, stage_code)
COMMENT '环节，取最新一版定义它的流程';

CREATE TABLE dim_fee
(
    edition       LowCardinality(String)            COMMENT '目录版本',
    item_code     String                            COMMENT '收费项目编码',
    name          String                            COMMENT '收费项目名称',
    fund          LowCardinality(String)            COMMENT '资金性质',
    until         Nullable(Date32)                  COMMENT '取消或停征之日，仍在征收为空'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, item_code)
COMMENT '收费项目';

CREATE TABLE dim_source
(
    edition           LowCardinality(String)        COMMENT '目录版本',
    data_source       String                        COMMENT '数据来源',
    name              String                        COMMENT '数据来源名称',
    delay_minutes     UInt32                        COMMENT '允许迟报，分钟',
    heartbeat_minutes Nullable(UInt32)              COMMENT '约定的心跳间隔，分钟；没有约定为空'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, data_source)
COMMENT '数据来源';

CREATE TABLE dim_day
(
    edition       LowCardinality(String)            COMMENT '目录版本',
    day           Date32                            COMMENT '日期',
    working       Bool                              COMMENT '是否工作日',
    serial        UInt32                            COMMENT '自首日起至该日（含）的工作日数：两日之差即其间工作日数',
    certain       Bool                              COMMENT '放假安排是否已经公布'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, day)
COMMENT '目录主日历的每一日';

CREATE TABLE dim_change
(
    edition       LowCardinality(String)            COMMENT '目录版本',
    day           Date32                            COMMENT '生效日，日历为公布日',
    kind          LowCardinality(String)            COMMENT '变动种类：matter 事项、tariff 收费、calendar 日历、profile 阈值方案、statute 法定时限',
    code          String                            COMMENT '变动者的代码',
    title         String                            COMMENT '变动说明',
    basis         String                            COMMENT '依据'
)
ENGINE = ReplacingMergeTree
ORDER BY (edition, kind, code, day, title)
COMMENT '目录中的有日期的变动：图上的标注';

CREATE TABLE dim_word
(
    kind          LowCardinality(String)            COMMENT '词表：level 级别、state 状态、move 变动、event 事件类型、pause 特别程序、result 结果、stage_result 环节结果、region 行政区划',
    code          String                            COMMENT '代码',
    name          String                            COMMENT '名称',
    position      UInt32                            COMMENT '次序，从 1 起'
)
ENGINE = ReplacingMergeTree
ORDER BY (kind, code)
COMMENT '代码与中文名称';
