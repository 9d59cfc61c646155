// The address field: a combobox after the ARIA 1.2 pattern, and "use my position".
import { button, element, say } from "./dom.js";
import { ready } from "./frame.js";

const DEBOUNCE_MS = 120, LATEST_MS = 6000;
let field = null; // the one on the page

export function drawField(component) {
  const root = component.parentElement.querySelector(".nv-field");
  if (!field || field.root !== root) field = build(root);
  field.component = component;
  setTimeout(ready, LATEST_MS); // should the results never come, the field is there
  update(component.data);
}

function build(root) {
  const input = element("input");
  Object.assign(input, { id: "nv-address", type: "text", autocomplete: "off", autocapitalize: "words", spellcheck: false, maxLength: 300, enterKeyHint: "search" });
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "nv-suggestions", "aria-describedby": "nv-hint" };
  for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
  const list = element("ul", "nv-suggestions");
  list.id = "nv-suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const label = element("label"), hint = element("p", "nv-hint"), trouble = element("p", "nv-trouble");
  label.htmlFor = input.id;
  hint.id = "nv-hint";
  const search = button("nv-go", "", submit), position = button("nv-position", "", locate);
  const row = element("div", "nv-row", element("div", "nv-box", input, list), search, position);
  root.replaceChildren(label, row, hint, trouble);
  input.addEventListener("input", () => {
    field.typed = true;
    clearTimeout(field.timer);
    field.timer = setTimeout(() => field.component.setStateValue("query", input.value), DEBOUNCE_MS);
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => setTimeout(() => open(false), 150));
  input.addEventListener("focus", () => open(field.items.length > 0 && field.typed));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(Number(option.dataset.index));
  });
  return { root, input, list, label, hint, trouble, search, position, active: -1, items: [], timer: 0, typed: false, version: null };
}

function update(data) {
  const { input, list } = field;
  field.label.textContent = data.label;
  input.placeholder = data.placeholder;
  field.hint.textContent = data.hint;
  field.search.textContent = data.search;
  const ring = element("span", "", "◎ ");
  ring.setAttribute("aria-hidden", "true");
  field.position.replaceChildren(ring, data.position);
  list.setAttribute("aria-label", data.suggestions_label);
  if (data.version !== field.version) {
    field.version = data.version;
    field.typed = false;
    input.value = data.value;
    takeOver(data);
  }
  if (field.typed && data.query !== input.value) return; // an answer to an older keystroke
  field.items = field.typed ? data.suggestions : [];
  field.active = -1;
  list.replaceChildren(...field.items.map(option));
  open(field.items.length > 0 && document.activeElement === input);
  if (field.typed && input.value.trim()) say(data.count_text);
}

// What was typed into the first look while this was loading.
function takeOver(data) {
  const early = document.getElementById("nv-early");
  if (!early) return;
  const { value, selectionStart, form } = early, focused = document.activeElement === early;
  const take = () => {
    document.getElementById("nv-first").remove();
    if (focused) field.input.focus();
    if (!value || data.value) return;
    field.input.value = value;
    field.input.setSelectionRange(selectionStart, selectionStart);
    if (form.dataset.submitted) submit();
    else field.input.dispatchEvent(new Event("input"));
  };
  if (document.body.classList.contains("nv-ready")) take();
  else document.addEventListener("nv-ready", () => takeOver(data), { once: true });
}

function option(item, index) {
  const name = element("span", "", element("bdi", "", item.label), item.more ? element("span", "nv-told-apart", item.more) : "");
  const li = element("li", "", name, element("span", "nv-kind", item.kind));
  li.setAttribute("role", "option");
  li.id = "nv-suggestion-" + index;
  li.dataset.index = index;
  return li;
}

function open(visible) {
  field.list.hidden = !visible;
  field.input.setAttribute("aria-expanded", String(visible));
  if (!visible) field.input.removeAttribute("aria-activedescendant");
}

function onKey(event) {
  const last = field.items.length - 1;
  if (event.key === "ArrowDown" && last >= 0) activate(field.active < last ? field.active + 1 : 0);
  else if (event.key === "ArrowUp" && last >= 0) activate(field.active > 0 ? field.active - 1 : last);
  else if (event.key === "Escape") open(false);
  else if (event.key === "Enter") field.active >= 0 && !field.list.hidden ? choose(field.active) : submit();
  else return;
  event.preventDefault();
}

function activate(index) {
  open(true);
  field.active = index;
  [...field.list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === index)));
  const li = field.list.children[index];
  field.input.setAttribute("aria-activedescendant", li.id);
  li.scrollIntoView({ block: "nearest" });
}

function choose(index) {
  const { what, id, label, at } = field.items[index];
  if (what !== "place") return ask(what, label, id);
  field.input.value = label;
  ask("chosen", label, at);
}

function submit() {
  if (field.input.value.trim()) ask("typed", field.input.value);
}

function ask(kind, text, at, off) {
  clearTimeout(field.timer);
  field.typed = false;
  field.items = [];
  field.trouble.textContent = "";
  open(false);
  const place = { kind, text };
  if (at) place.at = at;
  if (Number.isFinite(off)) place.off = off;
  field.component.setTriggerValue("asked", place);
}

// The browser asks the person itself; the position goes to this server and no further.
function locate() {
  const { data } = field.component, tell = (text) => { field.trouble.textContent = text; say(text); };
  if (!navigator.geolocation) return tell(data.no_position);
  tell(data.locating);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => ask("own", `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}`, undefined, coords.accuracy),
    () => tell(data.no_position),
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
}
