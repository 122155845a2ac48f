// Sends the text of a form to the server while it is typed. Streamlit sends it when its field is left, or at
// Ctrl and Enter in a field of several lines, at Enter in one of a single line: that is what is pressed here.
(() => {
  const PAUSE = 700, LONGEST = 1500; // milliseconds after the last key, and after the first
  const FORM = /(?:^| )st-key-[\w-]+-[0-9a-f]{32}-/; // the widgets of a form carry its token
  const FIELD = "textarea, input[type=text], input[type=search]";
  const waiting = new Map(); // field → its timer, and since when it waits
  const isOfForm = (field) => {
    const element = field.closest('[class*="st-key-"]');
    return element && FORM.test(element.className);
  };
  const send = (field) => {
    clearTimeout(waiting.get(field)?.timer);
    waiting.delete(field);
    field.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", ctrlKey: field.matches("textarea"), bubbles: true, cancelable: true,
    }));
  };
  addEventListener("input", ({ target, isComposing }) => {
    if (isComposing || !target.matches(FIELD) || !isOfForm(target)) return;
    const { timer, since } = waiting.get(target) || { since: Date.now() };
    clearTimeout(timer);
    const left = Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now()));
    waiting.set(target, { since, timer: setTimeout(send, left, target) });
    dispatchEvent(new CustomEvent("typed", { detail: target }));
  }, true);
  addEventListener("leaving", () => [...waiting.keys()].forEach(send));
})()
