package dev.switchboard.bench.load;

/** How a server wants to be spoken to. Stateless; the data of events is JSON text. */
interface Dialect {
    /** What a server says that is no delivery. */
    record Said(Kind kind, String text) {
        enum Kind {
            /** The client is in; the text is the id of its socket. */
            OPEN,
            /** To be sent back at once. */
            REPLY,
            /** The answer to what was asked. */
            ANSWER,
            /** What must not come: an error, the end. */
            FAULT,
            NOTHING
        }

        static final Said NOTHING = new Said(Kind.NOTHING, "");
        static final Said ANSWER = new Said(Kind.ANSWER, "");
    }

    /** Where a client connects; each has a number of its own. */
    String path(String token, int number);

    String event(String name, String json);

    /** An event that wants an answer. */
    String ask(int id, String name, String json);

    Said read(String text, String token);
}
