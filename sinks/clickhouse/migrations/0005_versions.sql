-- Rows that are written again, in whatever order, change nothing: the later row of a key wins by its own version, not by
-- when it was inserted. Statements may be run again after a failure half-way: rows are moved aside and exchanged at once.
-- A block sent again under its token is dropped (deduplication window); what was acknowledged is on the disk (fsync).

DROP TABLE IF EXISTS card_moved;

CREATE TABLE card_moved AS card
ENGINE = ReplacingMergeTree(seq)
ORDER BY (run, card_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '监察信号：每张一行，最近的样子；变动次数大者为准';

INSERT INTO card_moved SELECT * FROM card FINAL;

EXCHANGE TABLES card_moved AND card;

DROP TABLE card_moved;

ALTER TABLE card_transition
    ADD COLUMN IF NOT EXISTS version UInt64 MATERIALIZED bitNot(position) COMMENT '次序小者为准：重发的变动不改变已有的';

DROP TABLE IF EXISTS card_transition_moved;

CREATE TABLE card_transition_moved AS card_transition
ENGINE = ReplacingMergeTree(version)
ORDER BY (run, card_id, seq)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '监察信号的每一次变动，只增不改';

INSERT INTO card_transition_moved SELECT * FROM card_transition FINAL;

EXCHANGE TABLES card_transition_moved AND card_transition;

DROP TABLE card_transition_moved;

ALTER TABLE card_transition
    COMMENT COLUMN position '在本次运行全部变动中的次序：回放从 1 起，在线为监察信号主题的分区 × 2^40 + 位移';

ALTER TABLE case_state
    ADD COLUMN IF NOT EXISTS version UInt64 DEFAULT events COMMENT '版本，大者为准：回放为记录条数，在线为所据记录的位移';

DROP TABLE IF EXISTS case_state_moved;

CREATE TABLE case_state_moved AS case_state
ENGINE = ReplacingMergeTree(version)
ORDER BY (run, case_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '办件状态：每件一行，最近的样子';

INSERT INTO case_state_moved SELECT * FROM case_state FINAL;

EXCHANGE TABLES case_state_moved AND case_state;

DROP TABLE case_state_moved;

ALTER TABLE quarantine
    ADD COLUMN IF NOT EXISTS at Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '到达日志的时间；回放没有';

DROP TABLE IF EXISTS quarantine_moved;

CREATE TABLE quarantine_moved AS quarantine
ENGINE = ReplacingMergeTree
ORDER BY (run, file, position)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '隔离区：无法归位的记录及其原因';

INSERT INTO quarantine_moved SELECT * FROM quarantine FINAL;

EXCHANGE TABLES quarantine_moved AND quarantine;

DROP TABLE quarantine_moved;

ALTER TABLE quarantine
    COMMENT COLUMN file '来源文件；在线为 主题-分区';

ALTER TABLE quarantine
    COMMENT COLUMN position '回放为在本次运行中的次序，从 1 起；在线为在该分区中的位移';

ALTER TABLE event
    MODIFY SETTING non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE event
    COMMENT COLUMN source '来源的键：文件与映射内容的摘要；在线为 主题-分区';

ALTER TABLE event
    COMMENT COLUMN seq '在来源中的序号：一行一条的文件即行号，在线即位移';

ALTER TABLE run
    MODIFY SETTING non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
