// The frame round the page, once a server's session draws the page: its language, and where its links lead.
import { countKept } from "./kept.js";
import { meet, name, isAt } from "./steps.js";

let send = null;

export function frame({ data, setTriggerValue }) {
  send = (message) => setTriggerValue("asked", message);
  const root = document.documentElement;
  root.lang = data.lang;
  root.dir = data.dir;
  put("nv-top", data.top);
  put("nv-bar", data.bar);
  isAt(location.pathname);
  markCurrent();
  countKept();
  meet(data.session, send);
  watchConnection();
  if (data.title) {
    name(data.title);
    ready();
  }
}

// After a lost connection (a phone in a tunnel, a server started anew) the page is drawn again, by whichever session
// the server has then: a new one is told what this tab remembers.
let watched = null;
function watchConnection() {
  const app = document.querySelector(".stApp");
  if (!app || app === watched) return;
  watched = app;
  let was = app.dataset.testConnectionState;
  new MutationObserver(() => {
    const is = app.dataset.testConnectionState;
    if (is === "CONNECTED" && was !== is) send({ what: "again" });
    was = is;
  }).observe(app, { attributeFilter: ["data-test-connection-state"] });
}

// A page is drawn: it takes the place of the first look.
export function ready() {
  if (document.body.classList.contains("nv-ready")) return;
  document.body.classList.add("nv-ready");
  document.dispatchEvent(new Event("nv-ready"));
}

export const ask = (message) => send?.(message);

// From our own server, escaped there.
function put(id, html) {
  const node = document.getElementById(id);
  if (node.dataset.html === html) return;
  const made = document.createElement("template");
  made.innerHTML = html;
  const fresh = made.content.firstElementChild;
  if (fresh.outerHTML === node.outerHTML) { node.dataset.html = html; return; }
  fresh.dataset.html = html;
  node.replaceWith(fresh);
}

export function markCurrent() {
  for (const a of document.querySelectorAll(".nv-menu a:not([data-language])")) {
    if (new URL(a.href).pathname === location.pathname) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  }
}

const plain = (event) => !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

document.addEventListener("click", (event) => {
  const a = event.target.closest?.("a");
  for (const menu of document.querySelectorAll("details.nv-menu[open]")) if (!menu.contains(event.target) || a) menu.open = false;
  if (!a || !plain(event)) return;
  if (a.classList.contains("nv-skip")) skip(event);
  else if (send && a.dataset.page) go(event, { what: "page", page: a.dataset.page });
  else if (send && a.dataset.language) go(event, { what: "language", language: a.dataset.language });
});

function go(event, message) {
  event.preventDefault();
  send(message);
}

// To the page's own content, whichever script has drawn it.
function skip(event) {
  event.preventDefault();
  const main = document.querySelector(".nv-ready .stMain, .nv-ready #nv-main") ?? document.querySelector("main");
  main.tabIndex = -1;
  main.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.nv-menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details.nv-menu[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.nv-menu[open]")) return;
  for (const other of document.querySelectorAll("details.nv-menu[open]")) if (other !== event.target) other.open = false;
}, true);
