// The list of results: the main interface. Text from data goes in by textContent only.
export default function (component) {
  const root = component.parentElement;
  root.component = component;
  const box = root.querySelector(".results");
  const open = new Set([...box.querySelectorAll("details.more[open]")].map((d) => d.closest("li").dataset.id));
  const { data } = component;
  box.replaceChildren(...sections(data, open));
  const more = root.querySelector(".show-more");
  more.hidden = !data.more;
  more.textContent = data.more;
  more.onclick = () => component.setTriggerValue("more", true);
  if (!root.listening) {
    root.listening = (event) => select(root, event.detail);
    window.addEventListener("naerved-select", root.listening);
  }
  return () => {
    window.removeEventListener("naerved-select", root.listening);
    root.listening = null;
  };
}

function sections(data, open) {
  return data.sections.flatMap((section) => {
    const list = element("ol", "cards");
    list.setAttribute("aria-label", section.title);
    list.append(...section.cards.map((card) => item(card, data, open.has(card.id))));
    const parts = [element("h2", "", section.title)];
    if (section.note) parts.push(element("p", "note", section.note));
    return [...parts, list];
  });
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

// A text in another language than the page's says so, to be spoken and written in its own way.
function inLanguage(node, language) {
  if (language) {
    node.lang = language;
    node.dir = "auto";
  }
  return node;
}

function link(href, text, external) {
  const a = element("a", "", text);
  a.href = href;
  if (external) {
    a.target = "_blank";
    a.rel = "noopener noreferrer";
    a.referrerPolicy = "no-referrer";
  }
  return a;
}

function item(card, data, isOpen) {
  const li = element("li", "card");
  li.dataset.id = card.id;
  li.style.setProperty("--category", card.colour);
  const heading = element("h3");
  if (card.number) heading.append(element("span", "pin", String(card.number)));
  const name = inLanguage(element("bdi", "", card.name), card.name_language);
  heading.append(name);
  li.append(element("p", "category", `${card.icon} ${card.category}`), heading);
  li.append(facts(card));
  if (card.description) li.append(inLanguage(element("p", "description", card.description), card.description_language));
  li.append(actions(card, data), details(card, data, isOpen));
  return li;
}

function facts(card) {
  const p = element("p", "facts");
  if (card.distance) p.append(element("strong", "distance", card.distance));
  p.append(element("span", "status " + card.status.kind, card.status.text));
  if (card.place) p.append(element("bdi", "place", card.place));
  for (const mark of card.marks) p.append(element("span", "mark", mark));
  return p;
}

function actions(card, data) {
  const row = element("div", "actions");
  for (const phone of card.phones) {
    const a = link(phone.href, "☎ " + phone.text);
    a.dir = "ltr";
    row.append(a);
    if (phone.note) row.append(element("span", "small", phone.note));
  }
  if (card.website) row.append(link(card.website.href, card.website.text + " ↗", true));
  if (card.email) row.append(link(card.email.href, card.email.text));
  if (card.point && data.labels.show) {
    const show = element("button", "", data.labels.show);
    show.type = "button";
    show.setAttribute("aria-label", `${data.labels.show}: ${card.name}`);
    show.onclick = () => announce(card.id);
    row.append(show);
  }
  return row;
}

// The link out is inside the details, beside a sentence that says where it goes.
function details(card, data, isOpen) {
  const box = element("details", "more");
  box.open = isOpen;
  const summary = element("summary", "", data.labels.more);
  summary.setAttribute("aria-label", `${data.labels.more}: ${card.name}`);
  const list = element("dl");
  for (const { label, value } of card.details) list.append(element("dt", "", label), element("dd", "", value));
  if (card.source) {
    const dd = element("dd");
    dd.append(link(card.source.href, card.source.text + " ↗", true));
    list.append(element("dt", "", data.labels.source), dd);
  }
  box.append(summary, list);
  if (card.directions) {
    const p = element("p", "directions");
    p.append(link(card.directions, data.labels.directions + " ↗", true), element("span", "small", data.labels.directions_note));
    box.append(p);
  }
  return box;
}

function announce(id) {
  for (const frame of document.querySelectorAll("iframe")) {
    frame.contentWindow.dispatchEvent(new CustomEvent("naerved-select", { detail: id }));
  }
}

function select(root, id) {
  for (const li of root.querySelectorAll("li.card")) {
    const chosen = li.dataset.id === id;
    li.classList.toggle("chosen", chosen);
    if (chosen) {
      li.tabIndex = -1;
      li.focus({ preventScroll: true });
      li.scrollIntoView({ block: "center", behavior: "smooth" });
    }
  }
}
