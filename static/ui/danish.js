// A card in Danish, to be shown to those who work at the place. The facts are those of all cards, in one file.
import { element, say } from "./dom.js";

const turned = new Set(); // ids of the cards that are in Danish: a list that is drawn anew keeps them so
let facts = null;
let waiting = null;

async function fetchFacts() {
  const answer = await fetch(`${document.body.dataset.base}/cards/da.json`);
  if (!answer.ok) throw new Error(String(answer.status));
  facts = await answer.json();
}

// What turns a card; none where the page is in Danish.
export const turning = (labels) => (labels.danish ? [{ name: "nv-danish", text: labels.danish, pressed: ({ id }) => turned.has(id), act: (card, button) => turn(card, button, labels) }] : []);

async function turn({ id }, button, labels) {
  const li = button.closest(".nv-card");
  if (turned.delete(id)) return draw(li, id, button);
  try {
    waiting ??= fetchFacts();
    await waiting;
  } catch {
    waiting = null;
    return say(labels.not_fetched);
  }
  if (!Object.hasOwn(facts, id)) return say(labels.not_fetched);
  turned.add(id);
  draw(li, id, button);
}

function draw(li, id, button) {
  button.setAttribute("aria-pressed", String(turned.has(id)));
  asTurned(li, id);
}

// The Danish texts take the place of the person's own; numbers and buttons stay.
export function asTurned(li, id) {
  const on = turned.has(id) && facts;
  li.querySelector(".nv-in-danish")?.remove();
  li.classList.toggle("nv-turned", Boolean(on));
  if (on) li.prepend(danish(facts[id]));
}

function danish(card) {
  const name = element("h3", "", card.name), list = element("dl");
  name.tabIndex = -1;
  const box = element("div", "nv-in-danish", element("p", "nv-category", card.category), own(name, card.name_language));
  if (card.description) box.append(own(element("p", "nv-description", card.description), card.description_language));
  for (const { label, value } of card.details) list.append(element("dt", "", label), element("dd", "", value));
  box.append(list);
  box.lang = "da";
  box.dir = "ltr";
  return box;
}

function own(node, language) {
  if (language) Object.assign(node, { lang: language, dir: "auto" });
  return node;
}
