package io.weir.dispatch.durable;

import java.time.Instant;
import java.util.Optional;

/**
 * How a {@link Spool} is.
 *
 * @param entries that are open, dead letters among them
 * @param bytes on the disk
 * @param oldest when the one was kept that has been here for the longest
 * @param trouble why it takes nothing at the moment
 */
public record SpoolState(
        int entries, int dead, long bytes, Optional<Instant> oldest, Optional<Trouble> trouble, Counts counts) {

    /**
     * Something is wrong.
     *
     * @param error what exactly
     */
    public record Trouble(Fault fault, String error, Instant since) {}

    /** What can be wrong, and what helps, in both languages of the users. */
    public enum Fault {
        /** As much is in it as may be. */
        FULL(
                "The spool is full: pushes that cannot be kept are left unanswered, so that WeChat asks again.",
                "Bring Redis back or the handlers to an end: the spool empties by itself. A larger bound lasts longer.",
                "暂存目录已满：无法保存的推送不予应答，由微信重试。",
                "请恢复 Redis，或让处理器正常完成：暂存目录会自行清空。调大上限可支撑更久。"),
        /** The disk does not take it, or not in time. */
        DISK(
                "The spool cannot be written: pushes that cannot be kept are left unanswered, so that WeChat asks again.",
                "Free space on the disk, or let the user that runs Weir write to the folder; Weir tries again every second.",
                "暂存目录无法写入：无法保存的推送不予应答，由微信重试。",
                "请清理磁盘空间，或授予运行 Weir 的用户写入该目录的权限；Weir 每秒重试一次。");

        private final String meaning;
        private final String remedy;
        private final String chineseMeaning;
        private final String chineseRemedy;

        Fault(String meaning, String remedy, String chineseMeaning, String chineseRemedy) {
            this.meaning = meaning;
            this.remedy = remedy;
            this.chineseMeaning = chineseMeaning;
            this.chineseRemedy = chineseRemedy;
        }

        public String meaning() {
            return meaning;
        }

        public String remedy() {
            return remedy;
        }

        public String chineseMeaning() {
            return chineseMeaning;
        }

        public String chineseRemedy() {
            return chineseRemedy;
        }
    }

    /**
     * What cannot be seen from what is there.
     *
     * @param errors how often the disk has failed
     * @param dropped dead letters and copies that gave way, since there were too many of them or they were too old
     * @param torn lines that a crash has cut: nobody was told that they are kept
     * @param damaged files with lines that cannot be read
     * @param otherVersion folders that are left to another version of Weir
     * @param lost entries whose files were deleted by somebody else
     */
    public record Counts(long errors, long dropped, long torn, long damaged, long otherVersion, long lost) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        static Counts error() {
            return new Counts(1, 0, 0, 0, 0, 0);
        }

        static Counts drop() {
            return new Counts(0, 1, 0, 0, 0, 0);
        }

        static Counts unreadable(int torn, int damaged) {
            return new Counts(0, 0, torn, damaged, 0, 0);
        }

        static Counts otherVersions(int folders) {
            return new Counts(0, 0, 0, 0, folders, 0);
        }

        static Counts losses(int entries) {
            return new Counts(0, 0, 0, 0, 0, entries);
        }

        Counts plus(Counts more) {
            return new Counts(
                    errors + more.errors,
                    dropped + more.dropped,
                    torn + more.torn,
                    damaged + more.damaged,
                    otherVersion + more.otherVersion,
                    lost + more.lost);
        }
    }
}
