package io.weir.clients;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.chanjar.weixin.common.api.WxConsts.KefuMsgType;
import me.chanjar.weixin.common.bean.menu.WxMenu;
import me.chanjar.weixin.common.bean.menu.WxMenuButton;
import me.chanjar.weixin.common.bean.menu.WxMenuRule;
import me.chanjar.weixin.mp.api.WxMpKefuService;
import me.chanjar.weixin.mp.api.WxMpMaterialService;
import me.chanjar.weixin.mp.api.WxMpMenuService;
import me.chanjar.weixin.mp.api.WxMpQrcodeService;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.api.WxMpUserService;
import me.chanjar.weixin.mp.api.WxMpUserTagService;
import me.chanjar.weixin.mp.api.impl.WxMpServiceImpl;
import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage;
import me.chanjar.weixin.mp.bean.material.WxMpMaterial;
import me.chanjar.weixin.mp.bean.result.WxMpQrCodeTicket;
import me.chanjar.weixin.mp.config.WxMpHostConfig;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;

/**
 * Makes WxJava's calls one after another and prints a line for each: the part of the API, the method, and {@code ok} or what it
 * failed with. Arguments: the base URL, AppID, AppSecret, an openid, a folder with image.png, voice.amr and video.mp4.
 */
public final class WxJavaClient {
    private final WxMpService wechat = new WxMpServiceImpl();
    private final String openid;
    private final Path folder;

    private WxJavaClient(String base, String appId, String secret, String openid, Path folder) {
        WxMpDefaultConfigImpl config = new WxMpDefaultConfigImpl();
        config.setAppId(appId);
        config.setSecret(secret);
        config.setHostConfig(new WxMpHostConfig(base, base, base));
        wechat.setWxMpConfigStorage(config);
        this.openid = openid;
        this.folder = folder;
    }

    /** Runs them all. */
    public static void main(String[] args) throws Exception {
        WxJavaClient client = new WxJavaClient(args[0], args[1], args[2], args[3], Path.of(args[4]));
        call("token", "getAccessToken", client.wechat::getAccessToken);
        call("token", "getCallbackIP", client.wechat::getCallbackIP);
        client.tags();
        client.menus();
        client.material();
        client.media();
        client.messages();
        client.users();
        client.blocked();
        client.codes();
    }

    private void tags() {
        WxMpUserTagService tags = wechat.getUserTagService();
        Long id = call("tags", "tagCreate", () -> tags.tagCreate("会员")).getId();
        call("tags", "tagUpdate", () -> tags.tagUpdate(id, "贵宾"));
        call("tags", "batchTagging", () -> tags.batchTagging(id, new String[] {openid}));
        call("tags", "tagGet", () -> require(tags.tagGet().get(0).getName().equals("贵宾")));
        call("tags", "userTagList", () -> require(tags.userTagList(openid).equals(List.of(id))));
        call("tags", "tagListUser", () -> require(tags.tagListUser(id, "").getData().getOpenidList().contains(openid)));
        call("tags", "batchUntagging", () -> tags.batchUntagging(id, new String[] {openid}));
        call("tags", "tagDelete", () -> tags.tagDelete(id));
    }

    private void menus() throws Exception {
        WxMpMenuService menus = wechat.getMenuService();
        Long tag = wechat.getUserTagService().tagCreate("menu").getId();
        call("menu", "menuCreate", () -> menus.menuCreate(menu("K1")));
        WxMenu personal = menu("K2");
        WxMenuRule rule = new WxMenuRule();
        rule.setTagId(tag.toString());
        personal.setMatchRule(rule);
        String id = call("menu", "menuCreate with a match rule", () -> menus.menuCreate(personal));
        call("menu", "menuGet", () -> require(menus.menuGet().getConditionalMenu().size() == 1));
        call("menu", "menuTryMatch", () -> require(menus.menuTryMatch(openid).getButtons().size() == 1));
        call("menu", "getSelfMenuInfo", () -> require(menus.getSelfMenuInfo().getIsMenuOpen() == 1));
        call("menu", "menuDelete of one", () -> {
            menus.menuDelete(idOf(id));
            return id;
        });
        call("menu", "menuDelete", () -> {
            menus.menuDelete();
            return id;
        });
    }

    /** WxJava hands out the answer or the id, according to its version. */
    private static String idOf(String answer) {
        return answer.replaceAll("\\D", "");
    }

    private static WxMenu menu(String key) {
        WxMenuButton button = new WxMenuButton();
        button.setType("click");
        button.setName("今日歌曲");
        button.setKey(key);
        WxMenu menu = new WxMenu();
        menu.setButtons(List.of(button));
        return menu;
    }

    private void material() throws Exception {
        WxMpMaterialService material = wechat.getMaterialService();
        String id = call("material", "materialFileUpload", () -> material.materialFileUpload("image", file("image.png"))).getMediaId();
        WxMpMaterial film = file("video.mp4");
        film.setVideoTitle("Tour");
        film.setVideoIntroduction("2 min");
        String video = call("material", "materialFileUpload of a video", () -> material.materialFileUpload("video", film)).getMediaId();
        call("material", "materialCount", () -> require(material.materialCount().getVideoCount() == 1));
        call("material", "materialFileBatchGet", () -> require(material.materialFileBatchGet("image", 0, 20).getItemCount() == 2));
        call("material", "materialNewsBatchGet", () -> require(material.materialNewsBatchGet(0, 20).getItemCount() == 1));
        call("material", "materialImageOrVoiceDownload", () -> material.materialImageOrVoiceDownload(id).readAllBytes());
        call("material", "materialVideoInfo", () -> require(material.materialVideoInfo(video).getTitle().equals("Tour")));
        call("material", "materialNewsInfo", () -> require(material.materialNewsInfo("sample-news").getArticles().size() == 1));
        call("material", "materialDelete", () -> material.materialDelete(id));
    }

    private WxMpMaterial file(String name) {
        WxMpMaterial file = new WxMpMaterial();
        file.setFile(folder.resolve(name).toFile());
        file.setName(name);
        return file;
    }

    private void media() throws Exception {
        WxMpMaterialService material = wechat.getMaterialService();
        File image = folder.resolve("image.png").toFile();
        String id = call("media", "mediaUpload", () -> material.mediaUpload("image", image)).getMediaId();
        call("media", "mediaDownload", () -> require(Files.size(material.mediaDownload(id).toPath()) == image.length()));
        call("media", "mediaImgUpload", () -> require(material.mediaImgUpload(image).getUrl().startsWith("http")));
        String voice = material.mediaUpload("voice", folder.resolve("voice.amr").toFile()).getMediaId();
        call("media", "jssdkMediaDownload", () -> require(material.jssdkMediaDownload(voice).length() > 0));
    }

    private void messages() throws Exception {
        WxMpKefuService messages = wechat.getKefuService();
        call("message", "sendKfTypingState", () -> messages.sendKfTypingState(openid, "Typing"));
        WxMpKefuMessage text = WxMpKefuMessage.TEXT().toUser(openid).content("你好 👋").build();
        call("message", "sendKefuMessage " + KefuMsgType.TEXT, () -> messages.sendKefuMessage(text));
        WxMpKefuMessage image = WxMpKefuMessage.IMAGE().toUser(openid).mediaId("sample-image").build();
        call("message", "sendKefuMessage " + KefuMsgType.IMAGE, () -> messages.sendKefuMessage(image));
    }

    private void users() {
        WxMpUserService users = wechat.getUserService();
        call("user", "userUpdateRemark", () -> {
            users.userUpdateRemark(openid, "常客");
            return openid;
        });
        call("user", "userInfo", () -> require(users.userInfo(openid).getRemark().equals("常客")));
        call("user", "userInfoList", () -> require(users.userInfoList(List.of(openid)).get(0).getSubscribe()));
        call("user", "userList", () -> require(users.userList().getOpenids().contains(openid)));
        call("user", "userList after somebody", () -> require(users.userList(openid).getCount() == 0));
    }

    private void blocked() {
        call("user", "pushToBlacklist", () -> {
            wechat.getBlackListService().pushToBlacklist(List.of(openid));
            return openid;
        });
        call("user", "getBlacklist", () -> require(wechat.getBlackListService().getBlacklist("").getCount() == 1));
        call("user", "pullFromBlacklist", () -> {
            wechat.getBlackListService().pullFromBlacklist(List.of(openid));
            return openid;
        });
    }

    private void codes() {
        WxMpQrcodeService codes = wechat.getQrcodeService();
        call("qrcode", "qrCodeCreateTmpTicket of a number", () -> require(codes.qrCodeCreateTmpTicket(4711, 60).getExpireSeconds() == 60));
        call("qrcode", "qrCodeCreateTmpTicket of a text", () -> codes.qrCodeCreateTmpTicket("door", 60));
        call("qrcode", "qrCodeCreateLastTicket of a number", () -> codes.qrCodeCreateLastTicket(7));
        WxMpQrCodeTicket ticket = call("qrcode", "qrCodeCreateLastTicket of a text", () -> codes.qrCodeCreateLastTicket("door-7"));
        call("qrcode", "qrCodePictureUrl", () -> require(codes.qrCodePictureUrl(ticket.getTicket()).contains("showqrcode")));
        call("qrcode", "qrCodePicture", () -> require(codes.qrCodePicture(ticket).length() > 0));
    }

    private static boolean require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("another answer than expected");
        }
        return true;
    }

    private static <T> T call(String part, String name, Callable<T> call) {
        try {
            T result = call.call();
            System.out.println(part + "\t" + name + "\tok");
            return result;
        } catch (Exception e) {
            System.out.println(part + "\t" + name + "\t" + e.toString().replaceAll("\\s+", " "));
            throw new IllegalStateException(part + " " + name, e);
        }
    }
}
