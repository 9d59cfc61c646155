// A combobox after the ARIA 1.2 pattern. Text from data goes in by textContent only.
const DEBOUNCE_MS = 120;

export default function (component) {
  const root = component.parentElement;
  const field = root.field || (root.field = build(root));
  field.component = component;
  update(field, component.data);
}

function build(root) {
  const field = { input: root.querySelector("input"), list: root.querySelector("[role=listbox]"),
    status: root.querySelector("[role=status]"), active: -1, items: [], timer: 0, typed: false };
  const { input, list } = field;
  input.addEventListener("input", () => {
    field.typed = true;
    clearTimeout(field.timer);
    field.timer = setTimeout(() => send(field), DEBOUNCE_MS);
  });
  input.addEventListener("keydown", (event) => onKey(field, event));
  input.addEventListener("blur", () => setTimeout(() => open(field, false), 150));
  input.addEventListener("focus", () => open(field, field.items.length > 0 && field.typed));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(field, Number(option.dataset.index));
  });
  root.querySelector(".search").addEventListener("click", () => submit(field));
  root.querySelector(".position").addEventListener("click", () => locate(field));
  return field;
}

function update(field, data) {
  const { input, status } = field;
  const root = field.component.parentElement;
  root.querySelector("label").textContent = data.label;
  root.querySelector(".hint").textContent = data.hint;
  root.querySelector(".search").textContent = data.search;
  root.querySelector(".position span").textContent = data.position;
  field.list.setAttribute("aria-label", data.suggestions_label);
  input.placeholder = data.placeholder;
  if (data.version !== field.version) {
    field.version = data.version;
    field.typed = false;
    input.value = data.value;
  }
  if (field.typed && data.query !== input.value) return; // an answer to an older keystroke
  field.items = field.typed ? data.suggestions : [];
  field.active = -1;
  field.list.replaceChildren(...field.items.map(option));
  open(field, field.items.length > 0 && isFocused(field));
  if (field.typed) status.textContent = data.count_text;
}

function option(item, index) {
  const li = document.createElement("li");
  li.setAttribute("role", "option");
  li.id = "suggestion-" + index;
  li.dataset.index = index;
  const name = document.createElement("bdi");
  name.textContent = item.label;
  const more = document.createElement("span");
  more.className = "more";
  more.textContent = item.more;
  name.append(more);
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = item.kind;
  li.append(name, kind);
  return li;
}

function isFocused(field) {
  return field.input.getRootNode().activeElement === field.input;
}

function open(field, visible) {
  field.list.hidden = !visible;
  field.input.setAttribute("aria-expanded", String(visible));
  if (!visible) field.input.removeAttribute("aria-activedescendant");
}

function onKey(field, event) {
  const last = field.items.length - 1;
  if (event.key === "ArrowDown" && last >= 0) activate(field, field.active < last ? field.active + 1 : 0);
  else if (event.key === "ArrowUp" && last >= 0) activate(field, field.active > 0 ? field.active - 1 : last);
  else if (event.key === "Escape") open(field, false);
  else if (event.key === "Enter") field.active >= 0 && !field.list.hidden ? choose(field, field.active) : submit(field);
  else return;
  event.preventDefault();
}

function activate(field, index) {
  open(field, true);
  field.active = index;
  [...field.list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === index)));
  const li = field.list.children[index];
  field.input.setAttribute("aria-activedescendant", li.id);
  li.scrollIntoView({ block: "nearest" });
}

function send(field) {
  field.component.setStateValue("query", field.input.value);
}

function choose(field, index) {
  const item = field.items[index];
  field.input.value = item.label;
  finish(field);
  field.component.setTriggerValue("chosen", { label: item.label, more: item.more });
}

function submit(field) {
  finish(field);
  if (field.input.value.trim()) field.component.setTriggerValue("submitted", field.input.value);
}

function finish(field) {
  clearTimeout(field.timer);
  field.typed = false;
  field.items = [];
  field.status.textContent = "";
  open(field, false);
}

// The browser asks the person itself; the position goes to this server and no further.
function locate(field) {
  const { data, setTriggerValue } = field.component;
  if (!navigator.geolocation) return (field.status.textContent = data.no_position);
  field.status.textContent = data.locating;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      field.status.textContent = "";
      finish(field);
      setTriggerValue("position", { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy });
    },
    () => (field.status.textContent = data.no_position),
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
}
