package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.push.PushOrder.PushOrderException;
import io.weir.simulator.push.PushTemplate.PushKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushTemplatesTest {
    /** Every wire name of messages-and-events.md §2 to §10, written down here a second time. */
    private static final List<String> WIRE_NAMES =
            """
            text image voice video shortvideo location link file
            miniprogrampage device_text device_event device_status hardware
            subscribe unsubscribe SCAN LOCATION
            CLICK VIEW view_miniprogram scancode_push scancode_waitmsg
            pic_sysphoto pic_photo_or_album pic_weixin location_select
            TEMPLATESENDJOBFINISH MASSSENDJOBFINISH PUBLISHJOBFINISH FREEPUBLISHJOBFINISH
            subscribe_msg_popup_event subscribe_msg_change_event subscribe_msg_sent_event
            kf_create_session kf_close_session kf_switch_session
            qualification_verify_success qualification_verify_fail naming_verify_success naming_verify_fail
            annual_renew verify_expired wx_verify_pay_succ wx_verify_dispatch wx_verify_refill wx_verify_fail
            user_info_modified user_authorization_revoke user_authorization_cancellation
            card_pass_check card_not_pass_check card_merchant_check_result user_get_card user_gifting_card
            user_del_card user_enter_session_from_card user_view_card user_consume_card user_pay_from_pay_cell
            update_member_card card_sku_remind card_pay_order submit_membercard_user_info giftcard_pay_done
            giftcard_send_to_friend giftcard_user_accept user_authorize_invoice update_invoice_status
            submit_invoice_title cloud_invoice_invoiceresult_event
            poi_check_notify add_store_audit_info modify_store_audit_info apply_merchant_audit_info
            create_map_poi_audit_info WifiConnected ShakearoundUserShake merchant_order user_scan_product
            user_scan_product_enter_session user_scan_product_async user_scan_product_verify_action
            guide_invite_result_event guide_qrcode_scan_event add_guide_buyer_relation_event ENTER
            user_enter_tempsession weapp_audit_success weapp_audit_fail weapp_audit_delay debug_demo
            """.lines().flatMap(line -> List.of(line.split(" ")).stream()).toList();

    private final PushTemplates templates = PushTemplates.bundled();

    @Test
    void knowsEveryWireNameOfTheReferenceOnce() {
        assertThat(templates.all().stream().map(PushTemplate::wireName))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(WIRE_NAMES);
    }

    @Test
    void knowsWhichKindsTakeNoReply() {
        assertThat(kinds("text", "location", "hardware")).containsOnly(PushKind.MESSAGE);
        assertThat(kinds("subscribe", "SCAN", "CLICK", "scancode_push", "scancode_waitmsg", "pic_sysphoto"))
                .containsOnly(PushKind.ANSWERED_EVENT);
        assertThat(kinds("pic_photo_or_album", "pic_weixin", "location_select")).containsOnly(PushKind.ANSWERED_EVENT);
        assertThat(kinds("VIEW", "view_miniprogram", "unsubscribe", "LOCATION", "verify_expired", "debug_demo"))
                .containsOnly(PushKind.SILENT_EVENT);
    }

    @Test
    void knowsWhatIsNotPushedToOrdinaryAccounts() {
        assertThat(templates.all().stream().filter(t -> !t.ordinary()).map(PushTemplate::wireName))
                .containsExactlyInAnyOrder(
                        "file", "miniprogrampage", "device_text", "device_event", "device_status", "hardware");
    }

    @Test
    void takesTheExactNameFirst() {
        assertThat(templates.find("location").kind()).isEqualTo(PushKind.MESSAGE);
        assertThat(templates.find("LOCATION").kind()).isEqualTo(PushKind.SILENT_EVENT);
    }

    @Test
    void ignoresCaseWhereOnlyOneNameIsLeft() {
        assertThat(templates.find("click").wireName()).isEqualTo("CLICK");
        assertThat(templates.find("Scan").wireName()).isEqualTo("SCAN");
        assertThatThrownBy(() -> templates.find("Location"))
                .isInstanceOf(PushOrderException.class)
                .hasMessage(
                        "'Location' can be location (message) or LOCATION (event, takes no reply): write it exactly");
    }

    @Test
    void suggestsTheNearestNameForAnUnknownType() {
        assertThatThrownBy(() -> templates.find("scancode_wait_msg"))
                .hasMessage("unknown type 'scancode_wait_msg'; did you mean scancode_waitmsg?");
        assertThatThrownBy(() -> templates.find("zzzz")).hasMessageContainingAll("'zzzz'", "--list", "event:zzzz");
    }

    @Test
    void sendsAnyEventByItsExactName() {
        assertThat(templates.find("event:brand_new").elements()).isEmpty();
        assertThat(templates.find("event:brand_new").kind()).isEqualTo(PushKind.SILENT_EVENT);
        assertThat(templates.find("event:scan").wireName()).isEqualTo("scan");
        assertThat(templates.find("event:scan").kind()).isEqualTo(PushKind.ANSWERED_EVENT);
    }

    private List<PushKind> kinds(String... names) {
        return List.of(names).stream().map(name -> templates.find(name).kind()).toList();
    }
}
