// Words what the widgets bring along in English, now and whenever they draw again.
// Called with {lang, words: {English: wording}}; worded once a page load, a new language replaces the old.
({ lang, words }) => {
  const root = document.documentElement;
  root.lang = lang;
  window.trackerWords = words;
  if (window.trackerWording) return window.trackerWording();

  const named = ["aria-label", "placeholder", "title"];
  const wordNode = (node) => {
    const wording = window.trackerWords[node.nodeValue.trim()];
    if (wording && wording !== node.nodeValue) node.nodeValue = wording;
  };
  const wordElement = (element) => {
    for (const name of named) {
      const wording = window.trackerWords[element.getAttribute(name)];
      if (wording) element.setAttribute(name, wording);
    }
  };
  const word = (from) => {
    if (from.nodeType === Node.TEXT_NODE) return wordNode(from);
    if (from.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(from, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = from; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) wordNode(node);
      else wordElement(node);
    }
  };
  window.trackerWording = () => word(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(word);
      else word(change.target);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: named,
  });
  word(document.body);
}
