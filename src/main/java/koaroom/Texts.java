package koaroom;

/** Text as JavaScript sees it. */
final class Texts {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Texts() {}

    /** Without what JavaScript's {@code trim} takes off: white space, all spaces of Unicode, and byte order marks. */
    static String trimmed(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isSpace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isSpace(char c) {
        boolean separator = c >= 0x1C && c <= 0x1F;
        return (Character.isWhitespace(c) && !separator) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
    }
}
