// Prints a page as it stands on the screen. The charts are drawn at the width they have there and cannot be drawn
// anew while the browser prints, so the page keeps that width and is made smaller until the paper holds it.
(() => {
  const PAPER = 1039; // A4 across, less the margins that style.css sets, in CSS pixels
  const root = document.documentElement;
  addEventListener("beforeprint", () => {
    const page = document.querySelector("[data-testid=stMainBlockContainer]");
    if (!page) return;
    const { paddingLeft, paddingRight } = getComputedStyle(page);
    const width = page.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    root.style.setProperty("--printed-width", `${width}px`);
    root.style.setProperty("--printed-size", Math.min(1, PAPER / width));
  });
})()
