// Says on the page, without touching it, that the server cannot be reached, that the sign-in is over or that the
// database is away; asks before leaving while something typed has not arrived.
// Called once a page load with {name: wording}; {at} in a wording is a time.
(words) => {
  const SIGNED_OUT = 4401, PASSWORD_FIRST = 4403, STORE_AWAY = 4503;
  const CODES = { 401: SIGNED_OUT, 403: PASSWORD_FIRST, 503: STORE_AWAY };
  const STREAM = "/_stcore/stream", ASKED = "/_stcore/host-config";
  const FINISHED = 6, EARLY = 2; // script_finished among the messages of the server, and its "runs again"
  const utf8 = new TextDecoder();
  const typed = new Map(), sent = new Set(); // field → its text; fields whose text is being worked on
  const MOST = 3000; // milliseconds that a link waits for the text typed before it
  let link = null, passes = false;
  let open = 0, why = 0, asking = 0, clicked = false, interrupted = false, safeAt = new Date();

  const clock = (date) => date.toTimeString().slice(0, 5);
  const isPending = () => {
    for (const field of [...typed.keys(), ...sent]) {
      if (!field.isConnected) { typed.delete(field); sent.delete(field); }
    }
    return typed.size > 0 || sent.size > 0 || document.querySelector(".st-key-copy_unkept") !== null;
  };

  const line = document.createElement("div");
  line.id = "connection-line";
  line.setAttribute("role", "status");
  const say = (text, link, label) => {
    line.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = `${link}?next=${encodeURIComponent(location.pathname + location.search)}`;
      anchor.textContent = label;
      line.append(" ", anchor);
    }
    if (!line.isConnected) document.body.append(line);
    document.documentElement.classList.add("connection-told");
  };
  const hush = () => {
    line.remove();
    document.documentElement.classList.remove("connection-told");
  };
  const tell = () => {
    const kept = words[isPending() ? "kept_until" : "kept"].replace("{at}", clock(safeAt));
    if (why === SIGNED_OUT) say(`${words.signed_out}${kept}`, "/login", words.sign_in);
    else if (why === PASSWORD_FIRST) say(`${words.password_first}${kept}`, "/password", words.change_password);
    else say(`${words[why === STORE_AWAY ? "store_away" : "lost"]}${kept}`);
  };
  // Asks why, again and again, for the reason may change: the server comes back, the sign-in is over by then.
  const ask = async () => {
    if (open) return;
    try {
      why = CODES[(await fetch(ASKED)).status] || 0;
    } catch {
      why = 0;
    }
    if (open) return;
    tell();
    askIn(2000);
  };
  const askIn = (milliseconds) => {
    clearTimeout(asking);
    asking = setTimeout(ask, milliseconds);
  };
  const lost = ({ code }) => {
    open -= 1;
    if (open) return;
    if (!isPending()) safeAt = new Date();
    if (clicked) interrupted = true;
    why = code;
    if (code >= 4000) tell();
    askIn(code >= 4000 ? 2000 : 700);
  };
  const back = () => {
    open += 1;
    if (why === SIGNED_OUT) location.reload(); // whoever has signed in since may be another person
    if (interrupted) say(words.interrupted);
    else hush();
  };

  const finished = (bytes) => {
    let at = 0;
    const number = () => {
      let value = 0, shift = 1, byte;
      do { byte = bytes[at++]; value += (byte & 127) * shift; shift *= 128; } while (byte > 127);
      return value;
    };
    while (at < bytes.length) {
      const tag = number(), wire = tag & 7;
      if (tag >> 3 === FINISHED) return number() !== EARLY;
      if (wire === 0) number();
      else at += wire === 2 ? number() : wire === 5 ? 4 : 8;
    }
    return false;
  };
  const received = ({ data }) => {
    if (!(data instanceof ArrayBuffer) || !finished(new Uint8Array(data))) return;
    sent.clear();
    clicked = false;
    if (typed.size) return;
    safeAt = new Date();
    go();
  };
  const leaves = (data) => {
    if (!typed.size) return;
    const text = utf8.decode(data);
    for (const [field, value] of typed) {
      if (text.includes(value)) { typed.delete(field); sent.add(field); }
    }
  };

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(url, ...more) {
      super(url, ...more);
      this.streams = String(url).includes(STREAM);
      if (!this.streams) return;
      this.addEventListener("open", () => {
        back();
        this.addEventListener("close", lost);
      });
      this.addEventListener("message", received);
    }
    send(data) {
      super.send(data);
      if (this.streams && this.readyState === Native.OPEN) leaves(data);
    }
  };
  // Another page runs without the fields of this one, and Streamlit forgets what it was about to say of them: what was
  // typed goes first, then the click on the link.
  const go = () => {
    const asked = link;
    link = null;
    if (!asked?.isConnected) return;
    passes = true;
    asked.click();
    passes = false;
  };
  const waits = (event) => {
    const asked = event.target.closest('a[href]:not([href^="#"])');
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || asked?.target === "_blank";
    if (!asked || elsewhere || passes || !open || !isPending()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    link = asked;
    dispatchEvent(new Event("leaving"));
    setTimeout(go, MOST);
  };
  addEventListener("click", waits, true);
  addEventListener("typed", ({ detail }) => typed.set(detail, detail.value));
  addEventListener("click", ({ target }) => {
    if (!target.closest("button")) return;
    clicked = open > 0;
    if (interrupted && open) { interrupted = false; hush(); }
  }, true);
  addEventListener("beforeunload", (event) => { if (isPending()) event.preventDefault(); });
  // A page that never gets its first connection has none to lose.
  askIn(10000);
}
