// Streamlit puts the groups of its navigation between a list and its items, which then are neither to a screen
// reader; the links stay links. It names a tick by its label as Markdown; here by what is drawn of that.
(() => {
  const LIST = 'ul[data-testid="stSidebarNavItems"]';
  const mend = () => document.querySelectorAll(`${LIST}:not([role]), ${LIST} li:not([role])`)
    .forEach((element) => element.setAttribute("role", "none"));
  const TICK = '[data-testid="stCheckbox"] label', WORDS = '[data-testid="stWidgetLabel"] [data-testid="stMarkdownContainer"]';
  const name = () => document.querySelectorAll(TICK).forEach((label) => {
    const words = label.querySelector(WORDS)?.textContent, tick = label.querySelector("input");
    if (words && tick.getAttribute("aria-label") !== words) tick.setAttribute("aria-label", words);
  });
  const watch = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label"] };
  new MutationObserver(() => { mend(); name(); }).observe(document.documentElement, watch);
})()
