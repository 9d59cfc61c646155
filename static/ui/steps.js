// Each search is one step of the browser's history. The place never stands in the address: it is kept in this tab
// (sessionStorage: place and filters of each step, nothing else) and goes with "Leave this page".
import { hasLeft } from "./leave.js";

const KEY = "naerved", MOST = 50, AGAIN_MS = 4000;
let known = ""; // the server's session that was told of what is kept here; "" before there is one
let settled = null; // the step that is shown
let awaited = null; // { token } of a step that the server was asked to take up again
let ask = null; // hands a message to the server, once there is one
const onView = []; // told of every move in the history
const onMeet = []; // told of every session that is met

history.scrollRestoration = "manual";

function kept() {
  try {
    const read = JSON.parse(sessionStorage.getItem(KEY));
    if (read?.steps) return read;
  } catch { /* nothing, or nothing readable */ }
  return { last: 0, steps: {} };
}

function keep(number, step) {
  const all = kept();
  all.steps[number] = step;
  all.last = number;
  for (const old of Object.keys(all.steps).map(Number).filter((one) => one <= number - MOST)) delete all.steps[old];
  try { sessionStorage.setItem(KEY, JSON.stringify(all)); } catch { /* full, or switched off */ }
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// What this tab remembers for the page it now shows, or null: of this step of the history, else the last one's place,
// and its filters too unless the link names its own.
function remembered() {
  const all = kept(), here = all.steps[history.state?.step];
  if (here) return here;
  const last = all.steps[all.last], named = new URLSearchParams(location.search);
  if (!last || named.has("at")) return null;
  named.delete("lang");
  return [...named].length ? { place: last.place } : last;
}

// The server's session is met: a new one is told what is remembered.
export function meet(session, send) {
  ask = send;
  if (session === known) return;
  known = session;
  settled = null;
  const step = remembered();
  awaited = null;
  if (step) takeUp(step);
  for (const tell of onMeet) tell();
}

export const whenMet = (tell) => onMeet.push(tell);

function takeUp(step) {
  const wish = awaited = { token: Math.random().toString(36).slice(2) };
  const message = { what: "restore", ...step, shown: history.state?.shown ?? 0, token: wish.token };
  const send = (left) => {
    if (awaited !== wish || !left) return;
    ask(message);
    setTimeout(send, AGAIN_MS, left - 1); // it may be lost between two others, or with the connection
  };
  send(3);
}

// The server shows a step: it becomes one of the history's if it is another. Null while an older one is still awaited,
// and where the session that shows it is not met yet: the parts of a page come in any order, and a new session knows
// nothing of the place that it will be told of.
export function settle({ session, step, token, url, title, shown }) {
  if (hasLeft() || session !== known || (awaited && awaited.token !== token)) return null;
  const restored = Boolean(awaited), number = history.state?.step;
  awaited = null;
  if (restored || !number || same(kept().steps[number], step)) {
    const here = number ?? kept().last + 1;
    history.replaceState({ ...history.state, step: here, shown }, "", url);
    keep(here, step);
  } else {
    const next = kept().last + 1;
    history.pushState({ step: next, shown }, "", url);
    keep(next, step);
  }
  settled = step;
  name(title);
  return restored ? "restored" : "shown";
}

// A step of the history that only looks at the same search in another way, as the map does on a phone.
export function look(view) {
  history.pushState({ ...history.state, view, y: scrollY }, "");
}

export const viewed = () => history.state?.view ?? null;
export const whenViewed = (tell) => onView.push(tell);

// How far down one was is kept with the step, for "back" and for a reload.
let waiting = 0;
addEventListener("scroll", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (history.state?.step && !hasLeft()) history.replaceState({ ...history.state, y: Math.round(scrollY) }, "");
  }, 250);
}, { passive: true });
export const whereWas = () => history.state?.y ?? 0;

// Heard before Streamlit does, which would run its page anew.
addEventListener("popstate", (event) => {
  if (hasLeft()) return event.stopImmediatePropagation();
  clearTimeout(waiting);
  const step = kept().steps[history.state?.step];
  if (settled && step && location.pathname === shownPath) event.stopImmediatePropagation();
  if (step && ask && (awaited || !same(step, settled))) takeUp(step);
  for (const tell of onView) tell(viewed());
});

let shownPath = location.pathname;
export function isAt(path) { shownPath = path; }

// Streamlit has titles of its own; this one says where one is.
let wanted = "";
export function name(title) {
  wanted = title;
  document.title = title;
}
new MutationObserver(() => { if (wanted && document.title !== wanted && !hasLeft()) document.title = wanted; })
  .observe(document.querySelector("title"), { childList: true });
