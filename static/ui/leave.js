// "Leave this page", after GOV.UK's "Exit this page": https://design-system.service.gov.uk/components/exit-this-page/
// A harmless calendar stands there at once, whatever the network does; what was kept here is gone.
import { hush } from "./aloud.js";

const PRESSES = 3, WITHIN_MS = 5000, NETWORK_MS = 4000;
let left = false;

export const hasLeft = () => left;

export async function leave(url) {
  if (left) return;
  left = true;
  hush();
  calendar(document);
  forget();
  await unwind();
  history.replaceState(null, "", document.body.dataset.base + "/");
  if (await answers(url)) location.replace(url);
  // No network: a page of its own, so that nothing of this one runs on.
  else location.replace(URL.createObjectURL(new Blob([calendarPage()], { type: "text/html" })));
}

// The place, the filters, and the list that was kept on this device.
function forget() {
  for (const store of ["sessionStorage", "localStorage"]) {
    try {
      for (const key of Object.keys(window[store])) if (key.startsWith("naerved")) window[store].removeItem(key);
    } catch { /* storage is switched off */ }
  }
}

// The earlier searches of this page go from the history; where a browser cannot, only this one does.
async function unwind() {
  const entries = window.navigation?.entries() ?? [];
  const first = entries.find((entry) => entry.sameDocument);
  try {
    if (first && first.index < navigation.currentEntry.index) {
      await Promise.race([navigation.traverseTo(first.key).finished, wait(500)]);
      history.pushState(null, "", document.body.dataset.base + "/"); // what lay ahead is dropped
      await Promise.race([navigation.traverseTo(first.key).finished, wait(500)]);
    }
  } catch { /* the browser refused */ }
}

// Asked without reading anything: only whether the network is there.
async function answers(url) {
  try {
    await Promise.race([fetch(url, { mode: "no-cors", cache: "no-store", referrerPolicy: "no-referrer" }),
      wait(NETWORK_MS).then(() => Promise.reject(new Error("too slow")))]);
    return true;
  } catch {
    return false;
  }
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function calendar(page) {
  const today = new Date(), lang = page.documentElement.lang || "da";
  const month = today.toLocaleDateString(lang, { month: "long", year: "numeric" });
  page.title = month;
  const body = page.createElement("body");
  body.dataset.base = document.body.dataset.base;
  body.style.cssText = "display:block;margin:2rem;font:1.1rem sans-serif";
  const heading = page.createElement("h1");
  heading.textContent = month;
  const table = page.createElement("table");
  let row = table.insertRow();
  const first = new Date(today.getFullYear(), today.getMonth(), 1);
  const days = new Date(today.getFullYear(), today.getMonth() + 1, 0).getDate();
  for (let blank = (first.getDay() + 6) % 7; blank > 0; blank--) row.insertCell();
  for (let day = 1; day <= days; day++) {
    if (row.cells.length === 7) row = table.insertRow();
    const cell = row.insertCell();
    cell.style.cssText = "padding:.5rem 1rem;text-align:end" + (day === today.getDate() ? ";font-weight:700;outline:1px solid" : "");
    cell.textContent = day.toLocaleString(lang);
  }
  body.append(heading, table);
  page.documentElement.replaceChild(body, page.body);
  for (const node of page.head.querySelectorAll("style, link, meta[name=description]")) node.remove();
}

function calendarPage() {
  const page = document.implementation.createHTMLDocument("");
  page.documentElement.lang = document.documentElement.lang;
  page.documentElement.dir = document.documentElement.dir;
  calendar(page);
  return "<!DOCTYPE html>" + page.documentElement.outerHTML;
}

// Shift alone, three times within five seconds. With another key it writes a capital; where a menu or a list is open,
// keys belong to that.
export function listenForShift(leaveNow, say) {
  let alone = false, times = [], shown = null;
  addEventListener("keydown", (event) => { alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey && (alone || !event.repeat); }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    if (isOpen()) return count([]);
    const now = performance.now();
    count([...times.filter((time) => now - time < WITHIN_MS), now]);
  }, true);
  addEventListener("pointerdown", () => { alone = false; }, true);

  function count(pressed) {
    times = pressed;
    clearTimeout(shown?.timer);
    shown?.remove();
    shown = null;
    if (!times.length) return;
    if (times.length >= PRESSES) return leaveNow();
    const text = document.querySelector(".nv-leave")?.dataset[`count-${PRESSES - times.length}`] ?? "";
    shown = document.createElement("div");
    shown.className = "nv-shifts";
    shown.textContent = `${"●".repeat(times.length)}${"○".repeat(PRESSES - times.length)} ${text}`;
    document.body.append(shown);
    say(text);
    shown.timer = setTimeout(() => count([]), WITHIN_MS);
  }
}

function isOpen() {
  return Boolean(document.querySelector("details.nv-menu[open], [aria-expanded=true][aria-haspopup], [role=combobox][aria-expanded=true],"
    + " [role=dialog]:not([hidden]), [role=listbox]:not([hidden]), [data-testid=stPopoverBody]"));
}
