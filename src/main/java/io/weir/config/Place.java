package io.weir.config;

/**
 * Where in the configuration something stands.
 *
 * @param file as the user named it
 * @param line from 1; 0 where the file as a whole is meant
 * @param column from 1; 0 where the line says enough
 * @param path such as {@code accounts.main.mode} or {@code replies[2]}; empty for the file as a whole
 */
public record Place(String file, int line, int column, String path) {

    static Place root(String file) {
        return new Place(file, 1, 0, "");
    }

    /** Behind the last character of what stands before it in the file. */
    public static Place behind(String file, String before) {
        String[] lines = FileText.withoutMark(before).split("\\R", -1);
        String last = lines[lines.length - 1];
        return new Place(file, lines.length, last.codePointCount(0, last.length()) + 1, "");
    }

    /** {@code menu.yaml:4:11}, without line and column where they are not known. */
    public String where() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }

    Place key(String key, int keyLine) {
        return new Place(file, keyLine, 0, path(path, key));
    }

    /** Path of a key in a map. */
    public static String path(String map, String key) {
        String name = isPlain(key) ? key : '"' + key + '"';
        return map.isEmpty() ? name : map + '.' + name;
    }

    Place item(int index, int itemLine) {
        return new Place(file, itemLine, 0, path + '[' + index + ']');
    }

    Place at(int otherLine, int otherColumn) {
        return new Place(file, otherLine, otherColumn, path);
    }

    private static boolean isPlain(String key) {
        return !key.isEmpty()
                && key.codePoints().allMatch(each -> Character.isLetterOrDigit(each) || "-_:~/".indexOf(each) >= 0);
    }
}
