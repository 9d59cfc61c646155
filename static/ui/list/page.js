// The page of one's own list, or of one that came in a link. The facts are those of all cards; which of them are shown
// is known here only.
import { aloud } from "../aloud.js";
import { drawCard } from "../cards.js";
import { button, element, say } from "../dom.js";
import { drop, keepAll, kept, made, whenKept } from "../kept.js";
import { name as nameTitle } from "../steps.js";
import { read } from "./link.js";
import { sharing } from "./sharing.js";

const words = JSON.parse(document.getElementById("nv-words").textContent);
const root = document.getElementById("nv-list"), heading = document.getElementById("nv-title");
let facts = null; // all cards by id, once they are here
let taken = null; // what was deleted just now, for "Undo"
let writing = false; // a note: what is typed is not drawn anew

async function fetchFacts() {
  const answer = await fetch(`${document.body.dataset.base}/cards/${document.documentElement.lang}.json`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// The newest facts for what is kept; what is no longer in the directory stays as it was.
function renew() {
  const items = kept();
  if (!items.length) return;
  writing = true;
  keepAll(items.map((one) => (Object.hasOwn(facts, one.card.id) ? made(facts[one.card.id], one.note) : one)));
  writing = false;
}

function draw() {
  const theirs = read();
  document.getElementById("nv-whose").hidden = Boolean(theirs);
  heading.textContent = theirs ? words.theirs : words.mine;
  nameTitle(`${heading.textContent} – Nærved`);
  root.replaceChildren(...(theirs ? drawTheirs(theirs) : drawMine(kept())));
}

const card = (one, { actions = [], extra = [], note = "" }) => {
  const drawn = drawCard(one, words.cards, { actions });
  if (note) drawn.querySelector("h3").after(element("p", "nv-mark", note));
  drawn.append(...extra);
  return drawn;
};

function cards(drawn) {
  const list = element("ul", "nv-cards", ...drawn);
  list.setAttribute("aria-labelledby", "nv-title");
  return list;
}

function drawMine(items) {
  const undo = taken ? button("nv-action", words.undo, () => { const back = taken; taken = null; keepAll(back); root.querySelector("h3")?.focus(); }) : "";
  if (!items.length) return [element("p", "", words.empty), undo];
  const [share, panel, paper] = sharing(words, kept);
  const row = element("div", "nv-actions", share, button("nv-print", words.print, () => print()), button("nv-delete", words.delete_all, deleteAll), undo);
  return [row, panel, paper, cards(items.map((one) => card(one.card, {
    actions: [{ name: "nv-remove", text: words.remove, act: (gone) => remove(gone.id) }, aloud(words.cards)],
    extra: noteField(one),
    note: facts ? (Object.hasOwn(facts, one.card.id) ? "" : words.gone_card) : offline && words.as_of.replace("{date}", one.date),
  })))];
}

function noteField({ card: { id, name }, note }) {
  const area = element("textarea"), label = element("label", "nv-own-note", words.note, element("span", "nv-hidden", `: ${name}`), area);
  const paper = element("p", "nv-paper", note);
  Object.assign(area, { value: note, maxLength: 500, rows: 2 });
  area.addEventListener("input", () => {
    writing = true;
    keepAll(kept().map((one) => (one.card.id === id ? { ...one, note: area.value } : one)));
    writing = false;
    paper.textContent = area.value;
  });
  return [label, paper];
}

function remove(id) {
  taken = kept();
  drop(id);
  afterTaking();
}

function deleteAll() {
  taken = kept();
  keepAll([]);
  afterTaking();
}

function afterTaking() {
  say(words.removed);
  [...root.querySelectorAll(".nv-action")].find((one) => one.textContent === words.undo)?.focus();
}

function drawTheirs(theirs) {
  if (!facts && !offline) return [];
  const found = theirs.filter(({ id }) => facts && Object.hasOwn(facts, id)), parts = [];
  if (!found.length) return [element("p", "", words.damaged)];
  if (found.length < theirs.length) parts.push(element("p", "nv-note", words.gone.replace("{count}", theirs.length - found.length)));
  parts.push(element("div", "nv-actions", button("nv-keep-all", words.keep_all, () => keepTheirs(found))));
  return [...parts, cards(found.map(({ id, note }) => card(facts[id], {
    actions: [aloud(words.cards)], extra: note ? [element("p", "nv-their-note", words.their_note.replace("{text}", note))] : [],
  })))];
}

function keepTheirs(found) {
  const own = kept().filter((one) => !found.some(({ id }) => id === one.card.id));
  const was = new Map(kept().map((one) => [one.card.id, one.note]));
  if (!keepAll([...own, ...found.map(({ id, note }) => made(facts[id], was.get(id) || note))])) return say(words.cards.full);
  history.replaceState(null, "", location.pathname + location.search);
  draw();
  say(words.kept_all);
  heading.tabIndex = -1;
  heading.focus();
}

// On paper everything is there, and the code leads to the same list.
addEventListener("beforeprint", () => { for (const one of root.querySelectorAll("details")) one.open = true; });
// Another language is another page: the list of a link goes along.
for (const a of document.querySelectorAll(".nv-top a[data-language]")) a.addEventListener("click", () => { a.hash = location.hash; });
addEventListener("hashchange", draw);
whenKept(() => { if (!writing) draw(); });

let offline = false;
draw();
try {
  facts = await fetchFacts();
  renew();
} catch {
  offline = true;
}
draw();
