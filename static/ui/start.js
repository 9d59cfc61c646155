// Runs on every page before Streamlit's own scripts.
import { say } from "./dom.js";
import { drawField } from "./field.js";
import { filters } from "./filters.js";
import { frame, markCurrent } from "./frame.js";
import { countKept } from "./kept.js";
import { leave, listenForShift } from "./leave.js";
import { printing } from "./printing.js";
import { results } from "./results.js";

// Where Streamlit's server is; on any page but the first it would ask at wrong addresses before.
const base = location.origin + document.body.dataset.base;
window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: base, MAIN_PAGE_BASE_URL: base };

// Streamlit would fetch its letters for icons, a quarter of all bytes, on every page; a page that shows one fetches them.
const loadFont = document.fonts.load.bind(document.fonts);
document.fonts.load = (font, ...more) => (font.includes("Material Symbols") ? Promise.resolve([]) : loadFont(font, ...more));

const leaveNow = () => leave(document.querySelector(".nv-leave").href);
document.addEventListener("click", (event) => {
  if (!event.target.closest?.(".nv-leave")) return;
  event.preventDefault();
  leaveNow();
});
listenForShift(leaveNow, say);
countKept();
markCurrent();
document.querySelector("#nv-first form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.target.dataset.submitted = "1";
});

// A table wider than the screen scrolls by itself: then the keyboard must reach it. The page as a whole is no stop.
new MutationObserver(() => {
  document.querySelector(".stMain[tabindex='0']")?.setAttribute("tabindex", "-1");
  for (const box of document.querySelectorAll(".stTable > div:not([tabindex])")) box.tabIndex = 0;
}).observe(document.body, { childList: true, subtree: true });

// What Streamlit's components call, by name.
window.naerved = { frame, field: drawField, filters, printing, results };
