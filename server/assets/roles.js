// Streamlit puts the groups of its navigation between a list and its items, which then are neither to a screen
// reader; the links stay links.
(() => {
  const LIST = 'ul[data-testid="stSidebarNavItems"]';
  const mend = () => document.querySelectorAll(`${LIST}:not([role]), ${LIST} li:not([role])`)
    .forEach((element) => element.setAttribute("role", "none"));
  new MutationObserver(mend).observe(document.documentElement, { subtree: true, childList: true });
})()
