package io.weir.simulator.people;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person enters in the dialogue that a button opens.
 *
 * @param scan what stands in the code that they scan
 * @param scanType {@code qrcode} or {@code barcode}; a barcode's result is {@code SYMBOLOGY,DIGITS}
 * @param pictures how many they take or choose, 1 to 9
 * @param picturesFirst whether the picture messages are sent before their event; WeChat does either
 * @param album which pictures these are, a name for each, the same picture for the same name; empty: new ones
 * @param place where they are
 */
public record TapInput(
        String scan, String scanType, int pictures, boolean picturesFirst, List<String> album, Place place) {
    /** What is entered where nothing is said: one picture, one code, one place. */
    public static final TapInput DEFAULT = new TapInput(
            "https://www.example.com/table/12,a",
            "qrcode",
            1,
            false,
            List.of(),
            new Place("23.134", "113.358", "15", "广州市海珠区", ""));

    private static final int MOST_PICTURES = 9;

    /** @throws IllegalArgumentException for fewer than 1 or more than 9 pictures, or another number of names */
    public TapInput {
        album = List.copyOf(album);
        if (pictures < 1 || pictures > MOST_PICTURES) {
            throw new IllegalArgumentException("pictures: expected 1 to " + MOST_PICTURES + ", found " + pictures);
        }
        if (!album.isEmpty() && album.size() != pictures) {
            throw new IllegalArgumentException(
                    "album: expected a name for each of " + pictures + " pictures, found " + album.size());
        }
    }

    /** Scans this code. */
    public static TapInput scanning(String code) {
        return new TapInput(
                code, DEFAULT.scanType, DEFAULT.pictures, DEFAULT.picturesFirst, DEFAULT.album, DEFAULT.place);
    }

    /** Sends that many pictures. */
    public static TapInput pictures(int count) {
        return new TapInput(DEFAULT.scan, DEFAULT.scanType, count, DEFAULT.picturesFirst, DEFAULT.album, DEFAULT.place);
    }

    /** Points at a place. */
    public static TapInput at(Place place) {
        return new TapInput(
                DEFAULT.scan, DEFAULT.scanType, DEFAULT.pictures, DEFAULT.picturesFirst, DEFAULT.album, place);
    }

    /** The same with the picture messages before their event. */
    public TapInput withPicturesFirst() {
        return new TapInput(scan, scanType, pictures, true, album, place);
    }

    /** Sends these pictures. */
    public static TapInput album(List<String> names) {
        return new TapInput(DEFAULT.scan, DEFAULT.scanType, names.size(), DEFAULT.picturesFirst, names, DEFAULT.place);
    }

    /** The name of one of the pictures, from 0 on. */
    String picture(int which) {
        return album.isEmpty() ? UUID.randomUUID().toString() : album.get(which);
    }

    /** The page that a scanned code opens, when it is one. */
    Optional<String> page() {
        return Optional.of(scan).filter(text -> text.startsWith("http://") || text.startsWith("https://"));
    }

    /**
     * A point on the map, as it is written into the push.
     *
     * @param latitude Location_X
     * @param longitude Location_Y
     * @param poiName the place's name in Moments, or empty
     */
    public record Place(String latitude, String longitude, String scale, String label, String poiName) {}
}
