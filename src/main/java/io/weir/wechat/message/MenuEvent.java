package io.weir.wechat.message;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A tap on a menu button (messages-and-events.md §4). Opening a sub-menu sends nothing. */
public sealed interface MenuEvent extends Event {

    /** {@code EventKey}: the button's key, URL or page; opaque text, empty where an old button sends none. */
    String eventKey();

    @Override
    default Optional<String> answerKey() {
        return Optional.of(eventKey());
    }

    /** {@code MenuId} as WeChat writes it, {@code MenuID} as its tables do. */
    private static Optional<String> menuId(PushFields in) {
        Optional<String> menuId = in.optionalId("MenuId");
        return menuId.isPresent() ? menuId : in.optionalId("MenuID");
    }

    /**
     * A tap on a {@code click} button.
     *
     * @param head what all pushes carry
     * @param eventKey the button's key
     * @param menuId not documented for this event; tolerated
     */
    record Click(Head head, String eventKey, Optional<String> menuId) implements MenuEvent {
        Click(PushFields in) {
            this(in.head(), in.textOrEmpty("EventKey"), MenuEvent.menuId(in));
        }
    }

    /**
     * A tap on a {@code view} button, which opened a web page.
     *
     * @param head what all pushes carry
     * @param eventKey the URL as it stands in the menu; opaque text, even without a scheme
     * @param menuId {@code MenuId}: the menu that was used, the default one or a personalised one
     */
    record View(Head head, String eventKey, Optional<String> menuId) implements MenuEvent {
        View(PushFields in) {
            this(in.head(), in.textOrEmpty("EventKey"), MenuEvent.menuId(in));
        }
    }

    /**
     * A tap on a {@code miniprogram} button, which opened a mini program.
     *
     * @param head what all pushes carry
     * @param eventKey path of the mini program's page
     * @param menuId {@code MenuId}: the menu that was used, the default one or a personalised one
     */
    record ViewMiniprogram(Head head, String eventKey, Optional<String> menuId) implements MenuEvent {
        ViewMiniprogram(PushFields in) {
            this(in.head(), in.textOrEmpty("EventKey"), MenuEvent.menuId(in));
        }
    }

    /** A code that was scanned by a menu button: element {@code ScanCodeInfo}. */
    sealed interface ScanCode extends MenuEvent {
        /** {@code ScanType}: mostly {@code qrcode}; {@code barcode} for one-dimensional codes. */
        String scanType();

        /** {@code ScanResult}: text of a QR code; for a bar code its symbology, a comma and its digits. */
        String scanResult();

        /** The symbology of a bar code, for example {@code EAN_13}. */
        default Optional<String> symbology() {
            int comma = comma();
            return comma < 0 ? Optional.empty() : Optional.of(scanResult().substring(0, comma));
        }

        /** What was scanned: the digits of a bar code, the whole text of a QR code. */
        default String code() {
            return scanResult().substring(comma() + 1);
        }

        private int comma() {
            return scanType().equals("barcode") ? scanResult().indexOf(',') : -1;
        }
    }

    /** A scan whose result the client also shows to the user, or opens. */
    record ScancodePush(Head head, String eventKey, String scanType, String scanResult) implements ScanCode {
        ScancodePush(PushFields in) {
            this(in, in.child("ScanCodeInfo"));
        }

        private ScancodePush(PushFields in, PushFields scan) {
            this(in.head(), in.textOrEmpty("EventKey"), scan.text("ScanType"), scan.text("ScanResult"));
        }
    }

    /** A scan after which the client shows that it is waiting, until a reply comes. */
    record ScancodeWaitmsg(Head head, String eventKey, String scanType, String scanResult) implements ScanCode {
        ScancodeWaitmsg(PushFields in) {
            this(in, in.child("ScanCodeInfo"));
        }

        private ScancodeWaitmsg(PushFields in, PushFields scan) {
            this(in.head(), in.textOrEmpty("EventKey"), scan.text("ScanType"), scan.text("ScanResult"));
        }
    }

    /**
     * Pictures that were sent by a menu button: element {@code SendPicsInfo}. Each of them comes as an
     * {@link Message.Image} as well, before or after this event.
     */
    sealed interface Pictures extends MenuEvent {
        /** {@code Count} as written: it was seen to be less than the pictures listed, and 0 for pictures of the album; 0 where missing. */
        int declaredCount();

        /** Every {@code item} under {@code SendPicsInfo}; the {@code PicList} round it was seen repeated. */
        List<Picture> pictures();

        /** How many pictures there are: those listed; where none is, what {@code Count} says. */
        default int count() {
            return pictures().isEmpty() ? declaredCount() : pictures().size();
        }

        private static List<Picture> read(PushFields pics) {
            return pics.allWithin("item").stream()
                    .map(item -> new Picture(item.optionalId("PicMd5Sum")))
                    .toList();
        }
    }

    /**
     * A picture that is to come as a message.
     *
     * @param picMd5Sum {@code PicMd5Sum}: 32 hex digits, may serve to recognise the picture
     */
    record Picture(Optional<String> picMd5Sum) {}

    /** Pictures just taken with the camera. */
    record PicSysphoto(Head head, String eventKey, int declaredCount, List<Picture> pictures) implements Pictures {
        public PicSysphoto {
            pictures = List.copyOf(pictures);
        }

        PicSysphoto(PushFields in) {
            this(in, in.child("SendPicsInfo"));
        }

        private PicSysphoto(PushFields in, PushFields pics) {
            this(
                    in.head(),
                    in.textOrEmpty("EventKey"),
                    pics.optionalInteger("Count").orElse(0),
                    Pictures.read(pics));
        }
    }

    /** Pictures taken with the camera or chosen from the phone's album. */
    record PicPhotoOrAlbum(Head head, String eventKey, int declaredCount, List<Picture> pictures) implements Pictures {
        public PicPhotoOrAlbum {
            pictures = List.copyOf(pictures);
        }

        PicPhotoOrAlbum(PushFields in) {
            this(in, in.child("SendPicsInfo"));
        }

        private PicPhotoOrAlbum(PushFields in, PushFields pics) {
            this(
                    in.head(),
                    in.textOrEmpty("EventKey"),
                    pics.optionalInteger("Count").orElse(0),
                    Pictures.read(pics));
        }
    }

    /** Pictures chosen from WeChat's album. */
    record PicWeixin(Head head, String eventKey, int declaredCount, List<Picture> pictures) implements Pictures {
        public PicWeixin {
            pictures = List.copyOf(pictures);
        }

        PicWeixin(PushFields in) {
            this(in, in.child("SendPicsInfo"));
        }

        private PicWeixin(PushFields in, PushFields pics) {
            this(
                    in.head(),
                    in.textOrEmpty("EventKey"),
                    pics.optionalInteger("Count").orElse(0),
                    Pictures.read(pics));
        }
    }

    /**
     * A place chosen on the map: element {@code SendLocationInfo}. It comes as a {@link Message.Location} as well.
     *
     * @param head what all pushes carry
     * @param eventKey the button's key
     * @param x {@code Location_X}: latitude in degrees, as written
     * @param y {@code Location_Y}: longitude in degrees, as written
     * @param scale {@code Scale}: the finer the map, the higher
     * @param label {@code Label}: address, exactly as written; WeChat's sample begins with a blank
     * @param poiName {@code Poiname}: name of the place in Moments
     */
    record LocationSelect(
            Head head, String eventKey, BigDecimal x, BigDecimal y, int scale, String label, Optional<String> poiName)
            implements MenuEvent {
        LocationSelect(PushFields in) {
            this(in, in.child("SendLocationInfo"));
        }

        private LocationSelect(PushFields in, PushFields place) {
            this(
                    in.head(),
                    in.textOrEmpty("EventKey"),
                    place.decimal("Location_X"),
                    place.decimal("Location_Y"),
                    place.integer("Scale"),
                    place.text("Label"),
                    place.optional("Poiname"));
        }
    }
}
