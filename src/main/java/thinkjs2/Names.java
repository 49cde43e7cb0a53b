package thinkjs2;

/** One of the two sets of event names. {@code login} and {@code typing} are in both. */
enum Names {
    /** Those of the ThinkJS 2 demo. */
    DEMO("adduser", "chat", "stoptyping", "userjoin", "userleft"),
    /** Those of socket.io's chat example. */
    SOCKET_IO("add user", "new message", "stop typing", "user joined", "user left");

    private final String addUser;
    private final String message;
    private final String stopTyping;
    private final String joined;
    private final String left;

    Names(String addUser, String message, String stopTyping, String joined, String left) {
        this.addUser = addUser;
        this.message = message;
        this.stopTyping = stopTyping;
        this.joined = joined;
        this.left = left;
    }

    String addUser() {
        return addUser;
    }

    String message() {
        return message;
    }

    String stopTyping() {
        return stopTyping;
    }

    String joined() {
        return joined;
    }

    String left() {
        return left;
    }

    Names other() {
        return this == DEMO ? SOCKET_IO : DEMO;
    }

    /** The room of the sockets that speak this set. */
    String room() {
        return "speaks " + name();
    }
}
