// Keeps "back" truthful. When a page leads to another with a new query, Streamlit first puts the new query into
// the history under the old page, and only then the new page: that entry gets its own address again.
(() => {
  const push = history.pushState.bind(history);
  let queried = null;
  history.pushState = (state, unused, url) => {
    const from = location.href, to = new URL(url, from);
    const leads = queried && from === queried.to && to.pathname !== location.pathname;
    if (leads && to.search === location.search) history.replaceState(state, unused, queried.from);
    queried = to.pathname === location.pathname ? { from, to: to.href } : null;
    push(state, unused, url);
  };
})()
