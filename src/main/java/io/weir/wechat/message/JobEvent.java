package io.weir.wechat.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that the account set going has ended (messages-and-events.md §5). */
public sealed interface JobEvent extends Event {

    /** Whether all went well. */
    boolean succeeded();

    /** Status texts come with and without a blank in them. */
    private static boolean begins(String status, String beginning) {
        return status.replace(" ", "").toLowerCase(Locale.ROOT).startsWith(beginning);
    }

    /**
     * A template message was delivered, or not.
     *
     * @param head what all pushes carry
     * @param msgId {@code MsgID}: what message/template/send returned, not the id of this push
     * @param status {@code Status}: {@code success}, {@code failed:user block}, {@code failed: system failed}
     */
    record TemplateSendJobFinish(Head head, String msgId, String status) implements JobEvent {
        TemplateSendJobFinish(PushFields in) {
            this(in.head(), in.id("MsgID"), in.text("Status"));
        }

        @Override
        public boolean succeeded() {
            return begins(status, "success");
        }
    }

    /**
     * A mass message was sent, or not. FromUserName is the mass-send assistant.
     *
     * @param head what all pushes carry
     * @param msgId {@code MsgID}: id of the mass message
     * @param status {@code Status}: {@code send success}, {@code send fail}, {@code err(NUM)}
     * @param totalCount {@code TotalCount}: followers in the group
     * @param filterCount {@code FilterCount}: those left to send to; in principle {@code sentCount + errorCount}
     * @param sentCount {@code SentCount}
     * @param errorCount {@code ErrorCount}
     * @param copyrightCheckResult {@code CopyrightCheckResult}
     * @param articleUrlResult {@code ArticleUrlResult}: where the articles stand
     */
    record MassSendJobFinish(
            Head head,
            String msgId,
            String status,
            int totalCount,
            int filterCount,
            int sentCount,
            int errorCount,
            Optional<CopyrightCheck> copyrightCheckResult,
            List<PublishedArticle> articleUrlResult)
            implements JobEvent {
        private static final Pattern ERROR = Pattern.compile("err\\((\\d{1,9})\\)");

        public MassSendJobFinish {
            articleUrlResult = List.copyOf(articleUrlResult);
        }

        MassSendJobFinish(PushFields in) {
            this(
                    in.head(),
                    in.id("MsgID"),
                    in.text("Status"),
                    in.integer("TotalCount"),
                    in.integer("FilterCount"),
                    in.integer("SentCount"),
                    in.integer("ErrorCount"),
                    in.optionalChild("CopyrightCheckResult").map(CopyrightCheck::new),
                    in.optionalChild("ArticleUrlResult").stream()
                            .flatMap(result -> result.allWithin("item").stream())
                            .map(item -> new PublishedArticle(item.integer("ArticleIdx"), item.text("ArticleUrl")))
                            .toList());
        }

        @Override
        public boolean succeeded() {
            return begins(status, "sendsuccess");
        }

        /** The number in {@code err(NUM)}, for example 20002 porn, 30003 judged a reprint, 40001 refused by the administrator. */
        public OptionalInt errorNumber() {
            Matcher error = ERROR.matcher(status);
            return error.find() ? OptionalInt.of(Integer.parseInt(error.group(1))) : OptionalInt.empty();
        }
    }

    /**
     * What the originality check of a mass message found.
     *
     * @param checkState {@code CheckState}: 1 no reprint, 2 reprint that may be sent, 3 reprint that may not be sent
     * @param resultList {@code ResultList}: the articles that were looked at
     */
    record CopyrightCheck(OptionalInt checkState, List<CheckedArticle> resultList) {
        public CopyrightCheck {
            resultList = List.copyOf(resultList);
        }

        CopyrightCheck(PushFields in) {
            this(
                    in.optionalInteger("CheckState"),
                    in.allWithin("item").stream().map(CheckedArticle::new).toList());
        }
    }

    /**
     * What the originality check found of one article. WeChat gives no list of what may be missing here.
     *
     * @param articleIdx {@code ArticleIdx}: number of the article, from 1
     * @param userDeclareState {@code UserDeclareState}
     * @param auditState {@code AuditState}
     * @param originalArticleUrl {@code OriginalArticleUrl}: the article that it resembles
     * @param originalArticleType {@code OriginalArticleType}
     * @param canReprint {@code CanReprint}: 0 or 1
     * @param needReplaceContent {@code NeedReplaceContent}: 0 or 1
     * @param needShowReprintSource {@code NeedShowReprintSource}: 0 or 1
     */
    record CheckedArticle(
            int articleIdx,
            OptionalInt userDeclareState,
            OptionalInt auditState,
            Optional<String> originalArticleUrl,
            OptionalInt originalArticleType,
            OptionalInt canReprint,
            OptionalInt needReplaceContent,
            OptionalInt needShowReprintSource) {
        CheckedArticle(PushFields in) {
            this(
                    in.integer("ArticleIdx"),
                    in.optionalInteger("UserDeclareState"),
                    in.optionalInteger("AuditState"),
                    in.optional("OriginalArticleUrl"),
                    in.optionalInteger("OriginalArticleType"),
                    in.optionalInteger("CanReprint"),
                    in.optionalInteger("NeedReplaceContent"),
                    in.optionalInteger("NeedShowReprintSource"));
        }
    }

    /**
     * An article that can be read now.
     *
     * @param idx {@code ArticleIdx}, {@code idx}: its number, from 1
     * @param url {@code ArticleUrl}, {@code article_url}: where it stands
     */
    record PublishedArticle(int idx, String url) {}

    /**
     * A publication ended: element {@code PublishEventInfo}, whose names are lower case. Older documents call the event
     * {@code FREEPUBLISHJOBFINISH}.
     *
     * @param head what all pushes carry
     * @param publishId {@code publish_id}
     * @param publishStatus {@code publish_status}: 0 success, 1 publishing, 2 originality check failed, 3 failed, 4 rejected
     *     by review, 5 deleted by the user afterwards, 6 blocked by the system afterwards
     * @param articleId {@code article_id} of a success, without the white space that WeChat's sample has in it
     * @param articleDetail {@code article_detail} of a success: its articles
     * @param failIdx {@code fail_idx}: numbers of the articles that failed, from 1, for status 2 and 4
     */
    record PublishJobFinish(
            Head head,
            String publishId,
            int publishStatus,
            Optional<String> articleId,
            List<PublishedArticle> articleDetail,
            List<Integer> failIdx)
            implements JobEvent {
        public PublishJobFinish {
            articleDetail = List.copyOf(articleDetail);
            failIdx = List.copyOf(failIdx);
        }

        PublishJobFinish(PushFields in) {
            this(in.head(), in.child("PublishEventInfo"));
        }

        private PublishJobFinish(Head head, PushFields info) {
            this(
                    head,
                    info.id("publish_id"),
                    info.integer("publish_status"),
                    info.optionalId("article_id").map(id -> id.replaceAll("\\s", "")),
                    info.optionalChild("article_detail").stream()
                            .flatMap(detail -> detail.allWithin("item").stream())
                            .map(item -> new PublishedArticle(item.integer("idx"), item.text("article_url")))
                            .toList(),
                    info.integers("fail_idx"));
        }

        @Override
        public boolean succeeded() {
            return publishStatus == 0;
        }
    }
}
