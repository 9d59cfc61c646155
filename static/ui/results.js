// The list of results: the main interface. On a phone the map is another view of it.
import { keeping, markKept } from "./actions.js";
import { aloud } from "./aloud.js";
import { button, calm, element, link, say } from "./dom.js";
import { drawCard } from "./cards.js";
import { fold } from "./filters.js";
import { ask, ready } from "./frame.js";
import { whenKept } from "./kept.js";
import { look, settle, viewed, whenMet, whenViewed, whereWas } from "./steps.js";

const NARROW = "(max-width: 900px)";
let shown = null; // what the list shows
let asked = null; // how often the person had asked for a place when it was drawn
let first = true;
let early = null; // drawn before its session was met

export function results(component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".nv-results");
  const settled = data.step && settle(data.step);
  early = data.step && !settled ? component : null;
  if (early) return;
  const list = { root, data, send: (what) => component.setTriggerValue("asked", what), known: new Set(cardsOf(root).map((one) => one.dataset.id)) };
  const more = data.step && shown?.more;
  if (data.step) shown = list;
  draw(list);
  if (more) cardsOf(root).find((one) => !list.known.has(one.dataset.id))?.querySelector("h3").focus();
  if (data.step) arrive(settled === "restored" || first);
}

// Those that stand open.
const cardsOf = (root) => [...root.querySelectorAll(".nv-card")].filter((one) => !one.closest("details.nv-part:not([open])"));

function draw(list) {
  const { root, data, send } = list, parts = [];
  const open = new Set([...root.querySelectorAll("details.nv-more[open]")].map((one) => one.closest("li").dataset.id));
  list.unfolded = new Set([...root.querySelectorAll("details.nv-part[open]")].map((one) => one.dataset.part));
  if (data.warning?.length) parts.push(drawWarning(data.warning));
  data.sections.forEach((section, index) => parts.push(...drawSection(list, section, index, open)));
  if (data.more) parts.push(button("nv-show-more", data.more, () => { list.more = true; send("more"); }));
  if (data.foot) parts.push(element("p", "nv-note", data.foot));
  root.replaceChildren(...parts);
}

function drawWarning(sentences) {
  const p = element("p", "nv-warning");
  for (const { text, number } of sentences) {
    p.append(text, " ");
    if (number) p.append(link("tel:" + number, number), " ");
  }
  return p;
}

function drawSection(list, section, index, open) {
  const { data, send } = list;
  if (section.folded) return [drawFolded(list, section, open)];
  const heading = element("h2", "", section.title);
  heading.tabIndex = -1;
  const head = element("div", "nv-head", heading), parts = [head];
  if (index === 0 && data.labels.show) head.append(button("nv-switch-view", data.labels.map, () => showMap(null)));
  if (section.note) parts.push(element("p", "nv-note", section.note));
  if (section.action) parts.push(button("nv-action", section.action, () => send("action")));
  return section.cards.length ? [...parts, drawCards(list, section, open)] : parts;
}

function drawCards({ data, send }, section, open) {
  const list = element("ol", "nv-cards");
  list.setAttribute("aria-label", section.title);
  list.append(...section.cards.map((card) => drawCard(card, data.labels, { open: open.has(card.id), actions: actions(card, data.labels), further: further(data.labels, send) })));
  return list;
}

// What is not known enough is within reach, and out of the way.
function drawFolded(list, section, open) {
  const box = element("details", "nv-part"), name = section.title.replace(/\s*\(.*/, "");
  box.dataset.part = name;
  box.open = list.unfolded.has(name);
  box.append(element("summary", "", element("h2", "", section.title)));
  if (section.note) box.append(element("p", "nv-note", section.note));
  box.append(drawCards(list, section, open));
  return box;
}

const actions = (card, labels) => [
  ...(card.point && labels.show ? [{ name: "nv-show", text: labels.show, act: () => showMap(card.id) }] : []),
  keeping(labels),
  aloud(labels),
];

const further = (labels, send) => (labels.report ? [{ name: "nv-report", text: labels.report, act: (card) => send("report:" + card.id) }] : []);

// The person asked for a place: its results come to the fore. Back or reload: where one was.
function arrive(again) {
  const { data } = shown, title = data.sections[0]?.title;
  const fresh = asked !== null ? data.asked > asked : data.asked > 0 && !data.step.token;
  asked = data.asked;
  first = false;
  say(data.question || title || "");
  ready();
  applyView();
  if (fresh) {
    fold();
    data.question ? toQuestion(data.question) : toResults();
  } else if (again) scrollTo({ top: whereWas(), behavior: "instant" });
}

// The place is not certain yet: what is asked, under the field, comes before any result.
function toQuestion(text) {
  const box = document.querySelector(".st-key-question");
  if (!box) return;
  box.tabIndex = -1;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", text);
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
}

function toResults() {
  const heading = shown?.root.querySelector("h2");
  if (!heading) return;
  heading.focus({ preventScroll: true });
  const top = document.querySelector(".nv-filters") ?? heading;
  top.scrollIntoView({ block: "start", behavior: calm() ? "instant" : "smooth" });
}

// On a wide screen the map is beside the list. On a narrow one it is a step of the history that looks at the same search.
function showMap(id) {
  if (matchMedia(NARROW).matches) {
    look({ card: id });
    applyView();
  } else tellMap(id, true);
}

function tellMap(id, popup) {
  for (const frame of document.querySelectorAll("iframe")) {
    frame.contentWindow.dispatchEvent(new CustomEvent("naerved-select", { detail: { id, popup } }));
  }
}

function applyView() {
  const view = viewed(), was = document.getElementById("nv-map-view");
  document.body.classList.toggle("nv-map-open", Boolean(view));
  if (!view) return was ? closeMap(was) : undefined;
  const box = was ?? element("div");
  box.id = "nv-map-view";
  const back = button("nv-switch-view", shown.data.labels.list, () => history.back());
  box.replaceChildren(element("div", "nv-map-bar", back, element("strong", "", shown.data.sections[0]?.title)), drawSheet(view.card));
  if (!was) document.getElementById("nv-bar").before(box);
  tellMap(view.card, false);
  (box.querySelector(".nv-sheet h3") ?? back).focus({ preventScroll: true });
}

function closeMap(box) {
  const id = box.querySelector(".nv-card")?.dataset.id;
  box.remove();
  scrollTo({ top: whereWas(), behavior: "instant" });
  const card = id && [...shown.root.querySelectorAll(".nv-card")].find((one) => one.dataset.id === id);
  (card?.querySelector(".nv-show") ?? shown.root.querySelector(".nv-switch-view"))?.focus({ preventScroll: true });
}

function drawSheet(id) {
  const { data } = shown;
  const card = data.sections.flatMap((section) => section.cards).find((one) => one.id === id) ?? (data.picked?.id === id ? data.picked : null);
  if (!id || !card) return "";
  const drawn = drawCard(card, data.labels, { actions: [keeping(data.labels), aloud(data.labels)], further: further(data.labels, shown.send) });
  const close = button("nv-close", data.labels.close, () => {
    history.replaceState({ ...history.state, view: { card: null } }, "");
    applyView();
  });
  const sheet = element("section", "nv-sheet", close, element("ul", "nv-cards", drawn));
  sheet.setAttribute("aria-label", card.name);
  return sheet;
}

whenKept(() => markKept(document));
whenMet(() => { if (early) results(early); });
whenViewed(() => { if (shown?.data.step) applyView(); });

// The person chose on the map: the sheet or the list follows.
addEventListener("naerved-select", ({ detail: id }) => {
  if (!shown?.data.step) return;
  const known = shown.data.sections.some((section) => section.cards.some((card) => card.id === id));
  if (viewed()) {
    history.replaceState({ ...history.state, view: { card: id } }, "");
    if (known) applyView();
    else shown.send("card:" + id);
  } else if (known) choose(id);
});

function choose(id) {
  for (const li of shown.root.querySelectorAll(".nv-card")) {
    const chosen = li.dataset.id === id;
    li.classList.toggle("nv-chosen", chosen);
    if (!chosen) continue;
    li.tabIndex = -1;
    li.focus({ preventScroll: true });
    li.scrollIntoView({ block: "nearest", behavior: calm() ? "instant" : "smooth" });
  }
}

addEventListener("naerved-ask", ({ detail }) => ask(detail));
