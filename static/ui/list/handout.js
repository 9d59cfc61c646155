// The page for paper. Which cards it has stands behind the "#"; where one searched from, and the notes, in this tab only.
import { button, element } from "../dom.js";
import { carried, carry } from "../carried.js";
import { drawCode, read, write } from "./link.js";

const words = JSON.parse(document.getElementById("nv-words").textContent);
const root = document.getElementById("nv-handout"), tongue = document.documentElement.lang;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function tools() {
  const choice = element("select"), label = element("label", "nv-tongue", words.language, " ", choice);
  for (const { code, name } of words.languages) {
    const one = element("option", "", name);
    one.value = one.lang = code;
    one.selected = code === tongue;
    choice.append(one);
  }
  choice.onchange = () => { location.href = `?lang=${encodeURIComponent(choice.value)}${location.hash}`; };
  return element("div", "nv-actions nv-on-screen", button("nv-print", words.print, () => print()), label);
}

function entry(card, number, told) {
  const name = element("bdi", "", card.name), part = element("li", "nv-entry");
  if (card.name_language) name.lang = card.name_language;
  const distance = told.from ? told.distances?.[tongue]?.[card.id] : "";
  const reach = element("div", "nv-reach", element("p", "", card.category),
    ...card.phones.map((one) => ltr(element("p", "nv-large", `☎ ${one.text}`, element("span", "nv-small", one.note ? ` ${one.note}` : "")))),
    ...[card.website, card.email].filter(Boolean).map((one) => ltr(element("p", "", one.text))),
    card.ask ? element("p", "", `${card.ask.note} `, ltr(element("strong", "", card.ask.text))) : "");
  if (card.place) {
    reach.append(heading(words.there), element("p", "", element("bdi", "", card.place), distance ? ` · ${distance}` : ""));
    if (card.directions.length) reach.append(element("p", "nv-small", filled(words.bus, { place: card.place })));
  }
  const known = element("div", "", ...card.details.filter(({ key }) => PRINTED.includes(key)).map(fact));
  const marks = card.marks.length ? element("p", "nv-small", card.marks.join(" · ")) : "";
  part.append(element("h3", "", `${number}. `, name), reach, known, marks, note(card, told));
  return part;
}

const PRINTED = ["hours", "languages", "audience", "booking"];
const heading = (text) => element("p", "nv-label", text);

function fact({ label, value }) {
  return element("div", "nv-fact", heading(label), ...value.split("\n").map((line) => element("p", "", line)));
}

function ltr(node) {
  node.dir = "ltr";
  return node;
}

// What is typed is printed; where nothing is, there are lines to write on.
function note({ id, name }, told) {
  const area = element("textarea", "nv-on-screen"), paper = element("p", "nv-lines");
  const label = element("label", "nv-own-note", words.note, element("span", "nv-hidden", `: ${name}`), area);
  Object.assign(area, { value: told.notes?.[id] ?? "", maxLength: 500, rows: 2 });
  const show = () => {
    paper.textContent = area.value;
    paper.classList.toggle("nv-empty", !area.value.trim());
  };
  area.addEventListener("input", () => {
    const now = carried();
    carry({ ...now, notes: { ...now.notes, [id]: area.value } });
    show();
  });
  show();
  return element("div", "nv-note-box", label, paper);
}

function foot(items) {
  const code = drawCode(write(items, { notes: false, page: "list" }), words.code);
  return element("footer", "",
    code ? element("div", "nv-code", code, element("p", "nv-small", words.code_note)) : "",
    element("div", "", element("p", "", ...(carried().numbers?.[tongue] ?? words.numbers).flatMap(({ digits, text }, at) => [at ? " · " : "", ltr(element("strong", "", digits)), ` ${text}`])),
      element("p", "nv-small", `${words.printed} ${carried().from ? (carried().measured?.[tongue] ?? words.straight) : ""} Nærved`)));
}

async function draw() {
  const wanted = read() ?? [], told = carried();
  if (!wanted.length) return root.replaceChildren(element("p", "", words.empty));
  root.replaceChildren(element("p", "", words.waiting));
  let facts;
  try {
    const answer = await fetch(`${document.body.dataset.base}/cards/${tongue}.json`);
    if (!answer.ok) throw new Error(String(answer.status));
    facts = await answer.json();
  } catch {
    return root.replaceChildren(element("p", "", words.failed));
  }
  const cards = wanted.filter(({ id }) => Object.hasOwn(facts, id)).map(({ id }) => facts[id]);
  const sheet = element("section", "handout", element("h2", "", words.title),
    told.from ? element("p", "", filled(words.from, { place: told.from })) : "",
    cards.length < wanted.length ? element("p", "", filled(words.gone, { count: wanted.length - cards.length })) : "",
    element("ol", "", ...cards.map((card, at) => entry(card, at + 1, told))), foot(cards.map((card) => ({ card }))));
  root.replaceChildren(tools(), sheet);
}

// Another language is another page: what is printed goes along.
for (const a of document.querySelectorAll(".nv-top a[data-language]")) a.addEventListener("click", () => { a.hash = location.hash; });
addEventListener("hashchange", draw);
draw();
