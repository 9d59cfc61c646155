// One card: a service as the list, the map's sheet and a list of one's own show it.
import { asTurned, turning } from "./danish.js";
import { button, element, link } from "./dom.js";

// `labels` are the words on it; `actions` add what can be done where the card stands, `further` what is seldom done.
export function drawCard(card, labels, { open = false, actions = [], further = [] } = {}) {
  const li = element("li", "nv-card");
  li.dataset.id = card.id;
  li.style.setProperty("--category", card.colour);
  const heading = element("h3", "", card.number ? element("span", "nv-pin", String(card.number)) : "", inLanguage(element("bdi", "", card.name), card.name_language));
  const sign = element("span", "", card.icon + " ");
  sign.setAttribute("aria-hidden", "true");
  heading.tabIndex = -1;
  li.append(element("p", "nv-category", sign, card.category), heading, facts(card));
  if (card.description) li.append(inLanguage(element("p", "nv-description", card.description), card.description_language));
  li.append(row(card, [...actions, ...turning(labels)]), details(card, labels, open, further));
  asTurned(li, card.id);
  return li;
}

// A text in another language than the page's says so, to be spoken and written in its own way.
function inLanguage(node, language) {
  if (language) {
    node.lang = language;
    node.dir = "auto";
  }
  return node;
}

function facts(card) {
  const p = element("p", "nv-facts");
  if (card.distance) p.append(element("strong", "nv-distance", card.distance));
  if (card.status.text) p.append(element("span", "nv-status " + card.status.kind, card.status.text));
  if (card.place) p.append(element("bdi", "nv-place", card.place));
  for (const mark of card.marks) p.append(element("span", "nv-mark", mark));
  return p;
}

function row(card, actions) {
  const box = element("div", "nv-actions");
  for (const phone of card.phones) {
    const a = link(phone.href, "☎ " + phone.text);
    a.dir = "ltr";
    box.append(a);
    if (phone.note) box.append(element("span", "nv-small", phone.note));
  }
  if (card.website) box.append(link(card.website.href, card.website.text + " ↗", true));
  if (card.email) box.append(link(card.email.href, card.email.text));
  if (card.ask) box.append(element("span", "nv-small", card.ask.note), link(card.ask.href, card.ask.text, !card.ask.href.startsWith("tel:")));
  box.append(...actions.map((one) => action(card, one)));
  return box;
}

function action(card, { name, text, act, pressed }) {
  const one = button(name, text, () => act(card, one));
  one.setAttribute("aria-label", `${text}: ${card.name}`);
  if (pressed !== undefined) one.setAttribute("aria-pressed", String(pressed(card)));
  return one;
}

// The links out are inside the details, each beside a sentence that says where it goes.
function details(card, labels, open, further) {
  const box = element("details", "nv-more");
  box.open = open;
  const summary = element("summary", "", labels.more);
  summary.setAttribute("aria-label", `${labels.more}: ${card.name}`);
  const list = element("dl");
  for (const { label, value } of card.details) list.append(element("dt", "", label), element("dd", "", value));
  if (card.source) {
    list.append(element("dt", "", labels.source), element("dd", "", link(card.source.href, card.source.text + " ↗", true)));
  }
  box.append(summary, list);
  if (card.directions.length) box.append(directions(card, labels));
  if (further.length) box.append(element("div", "nv-actions", ...further.map((one) => action(card, one))));
  return box;
}

function directions(card, labels) {
  const list = element("ul");
  for (const { href, text, note } of card.directions) list.append(element("li", "", link(href, text, !href.startsWith("geo:")), " ", element("span", "nv-small", note)));
  return element("div", "nv-directions", element("p", "", labels.directions), list);
}
