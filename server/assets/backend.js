// Tells Streamlit at once where its server is and what it would ask it first, so that the connection is opened meanwhile.
// Else it looks for the server below the address of the page, and waits before it looks elsewhere. An origin must be
// named: it is our own, and messages come from the window that holds the page, which is the page itself.
(config) => {
  const origin = location.origin;
  window.__streamlit = { BACKEND_BASE_URL: origin, HOST_CONFIG: { ...config, allowedOrigins: [origin] } };
}
