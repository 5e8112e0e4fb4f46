package io.weir.wechat.message;

import static java.util.Map.entry;

import io.weir.wechat.message.JobEvent.CheckedArticle;
import io.weir.wechat.message.JobEvent.CopyrightCheck;
import io.weir.wechat.message.JobEvent.MassSendJobFinish;
import io.weir.wechat.message.JobEvent.PublishJobFinish;
import io.weir.wechat.message.JobEvent.PublishedArticle;
import io.weir.wechat.message.MenuEvent.Picture;
import io.weir.wechat.message.SubscriptionEvent.Change;
import io.weir.wechat.message.SubscriptionEvent.Delivery;
import io.weir.wechat.message.SubscriptionEvent.PopupAnswer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What each sample must be read as, field by field. */
final class ExpectedPushes {
    private static final String USER = "oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4";
    private static final String MASS_ASSISTANT = "oMassAssistant00000000000001";
    private static final String SYSTEM = "oSystem000000000000000000001";
    private static final String PLATFORM = "oPlatform0000000000000000001";
    private static final String APP_ID = "wx0a1b2c3d4e5f6071";
    private static final Optional<String> NONE = Optional.empty();
    private static final OptionalInt NO_NUMBER = OptionalInt.empty();

    private ExpectedPushes() {}

    static Map<String, Push> all() {
        Map<String, Push> all = new HashMap<>();
        List.of(
                        textsAndLinks(),
                        media(),
                        follows(),
                        menuTaps(),
                        scansAndPlaces(),
                        pictures(),
                        jobs(),
                        massJobs(),
                        subscriptions(),
                        service(),
                        verifications(),
                        userData(),
                        unknown())
                .forEach(all::putAll);
        return all;
    }

    private static Map<String, Push> textsAndLinks() {
        MessageId fromArticle = new MessageId("24711000000000019", Optional.of("2651234567"), OptionalInt.of(2));
        return Map.of(
                "message/text", new Message.Text(head(1731990001), id("24711000000000011"), "满意", Optional.of("101")),
                "message/text-article", new Message.Text(head(1731990009), fromArticle, "好文 👍\n[微笑]", NONE),
                "message/location",
                        new Message.Location(
                                head(1731990005),
                                id("24711000000000015"),
                                new BigDecimal("31.230416"),
                                new BigDecimal("121.473701"),
                                16,
                                "上海市黄浦区人民大道"),
                "message/link",
                        new Message.Link(
                                head(1731990006),
                                id("24711000000000016"),
                                "秋季通知",
                                "a & b",
                                "https://www.example.com/n?id=1&k=2"));
    }

    private static Map<String, Push> media() {
        Optional<String> medium = Optional.of("mEdIa_img-0001");
        Optional<String> wide = Optional.of("mEdIa_v16-0002");
        String url = "http://mmbiz.example/pic/0";
        String video = "mEdIa_vid-0003";
        String thumb = "mEdIa_thb-0003";
        return Map.of(
                "message/image", new Message.Image(head(1731990002), id("24711000000000012"), url + "?x=1&y=2", medium),
                "message/image-old", new Message.Image(head(1731990010), id("24711000000000020"), url, NONE),
                "message/voice",
                        new Message.Voice(
                                head(1731990003), id("24711000000000013"), "mEdIa_voi-0002", "amr", wide, NONE),
                "message/voice-recognised",
                        new Message.Voice(
                                head(1731990011),
                                id("24711000000000021"),
                                "mEdIa_voi-0004",
                                "speex",
                                NONE,
                                Optional.of("今天天气")),
                "message/video", new Message.Video(head(1731990008), id("24711000000000018"), video, thumb),
                "message/shortvideo", new Message.ShortVideo(head(1731990004), id("24711000000000014"), video, thumb));
    }

    private static Map<String, Push> follows() {
        String payment = "last_trade_no_4200000000202411190000000001";
        return Map.of(
                "event/subscribe", new FollowEvent.Subscribe(head(1731991001), NONE, NONE),
                "event/subscribe-bare", new FollowEvent.Subscribe(head(1731991008), NONE, NONE),
                "event/subscribe-qr",
                        new FollowEvent.Subscribe(
                                head(1731991002), Optional.of("qrscene_shop-042"), Optional.of("gTiCkEt0001==")),
                "event/subscribe-payment", new FollowEvent.Subscribe(head(1731991006), Optional.of(payment), NONE),
                "event/subscribe-product",
                        new FollowEvent.Subscribe(
                                head(1731991007), Optional.of("scanbarcode|EAN_13|4006381333931|"), NONE),
                "event/unsubscribe", new FollowEvent.Unsubscribe(head(1731991003), NONE),
                "event/unsubscribe-payment", new FollowEvent.Unsubscribe(head(1731991009), Optional.of(payment)),
                "event/SCAN", new FollowEvent.Scan(head(1731991004), "shop-042", Optional.of("gTiCkEt0001==")),
                "event/LOCATION",
                        new LocationReport(
                                head(1731991005),
                                new BigDecimal("31.230400"),
                                new BigDecimal("121.473700"),
                                new BigDecimal("65.000000")));
    }

    private static Map<String, Push> menuTaps() {
        return Map.of(
                "event/CLICK", new MenuEvent.Click(head(1731992001), "MENU_NEWS_TODAY", NONE),
                "event/CLICK-pretty", new MenuEvent.Click(head(1731992010), " x ", Optional.of("430000001")),
                "event/VIEW",
                        new MenuEvent.View(
                                head(1731992002), "https://www.example.com/m?a=1&b=2#top", Optional.of("430000001")),
                "event/VIEW-MenuID", new MenuEvent.View(head(1731992011), "www.example.com", Optional.of("411998734")),
                "event/view_miniprogram",
                        new MenuEvent.ViewMiniprogram(
                                head(1731992003), "pages/order/list?tab=2", Optional.of("430000001")));
    }

    private static Map<String, Push> scansAndPlaces() {
        return Map.of(
                "event/scancode_push",
                        new MenuEvent.ScancodePush(head(1731992004), "scan_a", "qrcode", "https://q.example/t,1"),
                "event/scancode_waitmsg",
                        new MenuEvent.ScancodeWaitmsg(head(1731992005), "scan_b", "barcode", "EAN_13,4006381333931"),
                "event/location_select",
                        new MenuEvent.LocationSelect(
                                head(1731992009),
                                "place_a",
                                new BigDecimal("31.23"),
                                new BigDecimal("121.47"),
                                15,
                                " 上海市黄浦区人民大道 1 号",
                                NONE));
    }

    private static Map<String, Push> pictures() {
        return Map.of(
                "event/pic_sysphoto",
                        new MenuEvent.PicSysphoto(
                                head(1731992006), "photo_a", 1, List.of(picture("0cc175b9c0f1b6a831c399e269772661"))),
                "event/pic_photo_or_album",
                        new MenuEvent.PicPhotoOrAlbum(
                                head(1731992007),
                                "photo_b",
                                2,
                                List.of(
                                        picture("92eb5ffee6ae2fec3ad71c777531578f"),
                                        picture("4a8a08f09d37b73795649038408b5f33"))),
                "event/pic_weixin", new MenuEvent.PicWeixin(head(1731992008), "photo_c", 0, List.of()));
    }

    private static Map<String, Push> massJobs() {
        Head head = head(MASS_ASSISTANT, 1731993002);
        List<PublishedArticle> article = List.of(new PublishedArticle(1, "http://mp.example/s/abc"));
        return Map.of(
                "event/MASSSENDJOBFINISH",
                        new MassSendJobFinish(
                                head,
                                "1000000777",
                                "send success",
                                120,
                                118,
                                117,
                                1,
                                Optional.of(new CopyrightCheck(OptionalInt.of(1), List.of())),
                                article),
                "event/MASSSENDJOBFINISH-copyright",
                        new MassSendJobFinish(
                                head(MASS_ASSISTANT, 1731993007),
                                "1000000778",
                                "err(30003)",
                                0,
                                0,
                                0,
                                0,
                                Optional.of(copyrightCheck()),
                                List.of()),
                "event/MASSSENDJOBFINISH-plain",
                        new MassSendJobFinish(
                                head(MASS_ASSISTANT, 1731993008),
                                "1000000779",
                                "sendsuccess",
                                2,
                                2,
                                2,
                                0,
                                Optional.empty(),
                                List.of()));
    }

    private static CopyrightCheck copyrightCheck() {
        OptionalInt one = OptionalInt.of(1);
        Optional<String> original = Optional.of("http://mp.example/s/original");
        return new CopyrightCheck(
                OptionalInt.of(3),
                List.of(
                        new CheckedArticle(1, OptionalInt.of(0), OptionalInt.of(2), original, one, one, one, one),
                        new CheckedArticle(2, NO_NUMBER, NO_NUMBER, NONE, NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_NUMBER)));
    }

    private static Map<String, Push> jobs() {
        List<PublishedArticle> articles = List.of(
                new PublishedArticle(1, "http://mp.example/s/one"), new PublishedArticle(2, "http://mp.example/s/two"));
        return Map.of(
                "event/TEMPLATESENDJOBFINISH",
                        new JobEvent.TemplateSendJobFinish(
                                head(1731993001), "3300000000000000101", "failed:user block"),
                "event/PUBLISHJOBFINISH",
                        new PublishJobFinish(
                                head(MASS_ASSISTANT, 1731993003), "2247500901", 2, NONE, List.of(), List.of(1, 3)),
                "event/PUBLISHJOBFINISH-success",
                        new PublishJobFinish(
                                head(MASS_ASSISTANT, 1731993009),
                                "2247500902",
                                0,
                                Optional.of("b5O2OUs25HBx-U9QGeq9zQjiDvyWP4Hq4"),
                                articles,
                                List.of()),
                "event/FREEPUBLISHJOBFINISH",
                        new PublishJobFinish(
                                head(MASS_ASSISTANT, 1731993010), "2247500903", 4, NONE, List.of(), List.of(2)));
    }

    private static Map<String, Push> subscriptions() {
        return Map.of(
                "event/subscribe_msg_popup_event",
                        new SubscriptionEvent.SubscribeMsgPopup(
                                head(1731993004),
                                List.of(new PopupAnswer("tplA", "accept", 2), new PopupAnswer("tplB", "reject", 2))),
                "event/subscribe_msg_change_event",
                        new SubscriptionEvent.SubscribeMsgChange(
                                head(1731993005), List.of(new Change("tplA", "reject"))),
                "event/subscribe_msg_sent_event",
                        new SubscriptionEvent.SubscribeMsgSent(
                                head(1731993006), List.of(new Delivery("tplA", "1900000000000000321", 0, "success"))));
    }

    private static Map<String, Push> service() {
        return Map.of(
                "event/kf_create_session", new ServiceEvent.KfCreateSession(head(1731994001), "anna@gwtest"),
                "event/kf_close_session",
                        new ServiceEvent.KfCloseSession(head(1731994002), "anna@gwtest", Optional.of("KF")),
                "event/kf_close_session-bare", new ServiceEvent.KfCloseSession(head(1731994004), "anna@gwtest", NONE),
                "event/kf_switch_session",
                        new ServiceEvent.KfSwitchSession(head(1731994003), "anna@gwtest", "bert@gwtest"));
    }

    private static Map<String, Push> verifications() {
        return Map.of(
                "event/qualification_verify_success",
                        new VerifyEvent.QualificationVerifySuccess(head(SYSTEM, 1731995001), time(1763531001)),
                "event/qualification_verify_fail",
                        new VerifyEvent.QualificationVerifyFail(
                                head(SYSTEM, 1731995002), time(1731995000), "document unreadable"),
                "event/naming_verify_success",
                        new VerifyEvent.NamingVerifySuccess(head(SYSTEM, 1731995003), time(1763531003)),
                "event/naming_verify_fail",
                        new VerifyEvent.NamingVerifyFail(head(SYSTEM, 1731995004), time(1731995002), "name taken"),
                "event/annual_renew", new VerifyEvent.AnnualRenew(head(SYSTEM, 1731995005), time(1734587005)),
                "event/verify_expired", new VerifyEvent.VerifyExpired(head(SYSTEM, 1731995006), time(1731900000)));
    }

    private static Map<String, Push> userData() {
        Optional<String> union = Optional.of("uNion0001");
        return Map.of(
                "event/user_info_modified",
                        new UserDataEvent.InfoModified(head(PLATFORM, 1731996001), USER, APP_ID, NONE),
                "event/user_info_modified-lowercase",
                        new UserDataEvent.InfoModified(head(PLATFORM, 1731996004), USER, APP_ID, union),
                "event/user_authorization_revoke",
                        new UserDataEvent.AuthorizationRevoke(
                                head(PLATFORM, 1731996002), USER, APP_ID, NONE, Optional.of("205")),
                "event/user_authorization_revoke-anonymous",
                        new UserDataEvent.AuthorizationRevoke(
                                head(PLATFORM, 1731996005), "", APP_ID, union, Optional.of("204,205")),
                "event/user_authorization_cancellation",
                        new UserDataEvent.AuthorizationCancellation(head(PLATFORM, 1731996003), USER, APP_ID, NONE));
    }

    private static Map<String, Push> unknown() {
        return Map.ofEntries(
                entry("unknown/file", unknown("file", head(1731990007), "file", NONE)),
                entry("unknown/user_get_card", unknownEvent("user_get_card", 1731997001)),
                entry("unknown/poi_check_notify", unknownEvent("poi_check_notify", 1731998001)),
                entry("unknown/guide_qrcode_scan_event", unknownEvent("guide_qrcode_scan_event", 1731998002)),
                entry("unknown/some_future_event", unknownEvent("some_future_event", 1731998003)));
    }

    private static Push unknownEvent(String event, long seconds) {
        return unknown(event, head(seconds), "event", Optional.of(event));
    }

    private static Push unknown(String sample, Head head, String msgType, Optional<String> event) {
        return new Unknown(head, msgType, event, Samples.root(Samples.bytes("unknown/" + sample)));
    }

    private static Picture picture(String md5) {
        return new Picture(Optional.of(md5));
    }

    private static MessageId id(String msgId) {
        return new MessageId(msgId, NONE, NO_NUMBER);
    }

    private static Head head(long seconds) {
        return head(USER, seconds);
    }

    private static Head head(String from, long seconds) {
        return new Head(Samples.ACCOUNT, "gh_5f21c0ffee01", from, time(seconds));
    }

    private static Instant time(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }
}
