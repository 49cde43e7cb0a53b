/** A constructor in SockJS's place: it notes how it was called, and opens, or fails as sockjs-client does. */
export function fakeSockJS({ fails = false } = {}) {
  return class FakeSockJS {
    static made = [];
    readyState = 0;
    sent = [];

    constructor(url, protocols, options) {
      Object.assign(this, { url: new URL(url), transports: options?.transports });
      FakeSockJS.made.push(this);
      setImmediate(() => {
        if (this.readyState !== 0) return;
        if (fails) return this.onclose({ code: 1002, reason: 'Cannot connect to server' });
        this.readyState = 1;
        this.onopen();
        this.onmessage({ data: '{"event":"open","data":{"id":"s1","user":{"id":"u1","name":"Ann"}}}' });
      });
    }

    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close() {
      this.readyState = 3;
    }
  };
}
