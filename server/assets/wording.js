// Words what the widgets bring along in English, when they are drawn and whenever they draw again.
// Called once a page load with {English: wording}; "#" in an entry stands for any number, so that a date is "#-#-#",
// and "*" for any one word, as the kind of a file.
(words) => {
  const NAMED = ["aria-label", "placeholder", "title"];
  const NUMBER = /\d+(?:\.\d+)?/g;
  const LONGEST = 300;
  const plain = (part) => part.replace(/[.+?^${}()|[\]\\/-]/g, "\\$&");
  // A word may be missing, and with it the space behind it.
  const patternOf = (english) => new RegExp(`^${english.split("*").map(plain).join("(\\S*)").replace(/\) /g, ") ?")}$`);
  const PATTERNS = Object.keys(words).filter((english) => english.includes("*"))
    .map((english) => [patternOf(english), words[english]]);
  const wordingOf = (english) => {
    const numbers = english.match(NUMBER) || [];
    const wording = words[english.replace(NUMBER, "#")];
    if (wording) return wording.replace(/#/g, () => numbers.shift());
    const fits = english.length <= LONGEST && PATTERNS.find(([pattern]) => pattern.test(english));
    if (!fits) return undefined;
    const [, ...given] = english.match(fits[0]);
    return fits[1].replace(/\*/g, () => given.shift());
  };
  const wordText = (node) => {
    const wording = wordingOf(node.nodeValue.trim());
    if (wording && wording !== node.nodeValue) node.nodeValue = wording;
  };
  const wordElement = (element) => {
    for (const name of NAMED) {
      const wording = element.hasAttribute(name) && wordingOf(element.getAttribute(name));
      if (wording && wording !== element.getAttribute(name)) element.setAttribute(name, wording);
    }
  };
  const wordAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) wordText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) wordText(node);
      else wordElement(node);
    }
  };
  const watcher = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(wordAll);
      else if (change.type === "characterData") wordText(change.target);
      else wordElement(change.target);
    }
  });
  watcher.observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMED,
  });
}
