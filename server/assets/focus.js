// By keyboard and on the phone: a link past the navigation, and the focus where something was opened.
// Called once a page load with the wording of that link.
(skip) => {
  const OPENERS = '[class*="st-key-open_"] button, [class*="st-key-fault_"] button, [class*="st-key-next_"] button, .st-key-editor_actions button';
  const FIELDS = '[data-testid="stMain"] :is(input, textarea)';
  const NARROW = matchMedia("(max-width: 899px)");
  const subject = () => document.querySelector('.st-key-subject :is(h2, h3)');
  let asked = null;  // what was on the page when something was asked to open, and until when to wait for it

  const focus = (element) => {
    if (!element.matches("a, button, input, textarea")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: NARROW.matches ? "start" : "nearest" });
  };
  const fieldOf = (mark) => [...document.querySelectorAll(FIELDS)].filter((field) =>
    mark.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING).pop();
  const target = () => {
    if (asked.field) {
      const mark = document.getElementById(asked.field);
      return mark && fieldOf(mark);
    }
    const heading = subject();
    return heading && (asked.same || heading.textContent !== asked.before) ? heading : null;
  };
  const look = () => {
    if (!asked) return;
    const found = Date.now() < asked.until && target();
    if (found) focus(found);
    if (found || Date.now() >= asked.until) asked = null;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(OPENERS);
    const link = event.target.closest('a[href^="#field-"]');
    const mark = link && document.getElementById(link.hash.slice(1));
    if (mark && fieldOf(mark)) setTimeout(() => focus(fieldOf(mark)));
    if (!button) return;
    const fault = /st-key-fault_\d+_(field-[^ ]*)/.exec(button.closest('[class*="st-key-"]').className);
    const open = button.closest('[class*="st-key-line_open_"]');
    asked = {
      field: fault && fault[1] !== "field-" ? fault[1] : null,
      before: subject()?.textContent,
      same: Boolean(open) && !button.closest('[class*="st-key-signing_sheet_"]'),
      until: Date.now() + 10_000,
    };
    if (asked.same) look();
  }, true);

  const place = () => {
    if (!document.body || document.getElementById("skip-link")) return;
    const link = Object.assign(document.createElement("a"), { id: "skip-link", href: "#content", textContent: skip });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const content = subject() || document.querySelector('[data-testid="stMain"] h1');
      if (content) focus(content);
    });
    document.body.prepend(link);
  };
  new MutationObserver(() => { place(); look(); })
    .observe(document.documentElement, { subtree: true, childList: true, characterData: true });
}
