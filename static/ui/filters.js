// What is needed, how far, and what narrows it down. Once a place is known it folds to one line.
import { button, element } from "./dom.js";

const NARROW = "(max-width: 900px)";
let unfolded = false;
let last = null;

export function filters(component) {
  const { data, setTriggerValue, parentElement } = component;
  const root = parentElement.querySelector(".nv-filters");
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  last = { data, send: (changed) => setTriggerValue("changed", changed) };
  root.replaceChildren(...draw(root));
  if (focused) root.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

// A new place: the results come to the fore.
export function fold() {
  if (!last?.data.folds || !unfolded) return;
  unfolded = false;
  const root = document.querySelector(".nv-filters");
  root?.replaceChildren(...draw(root));
}

matchMedia(NARROW).addEventListener("change", () => {
  const root = document.querySelector(".nv-filters");
  if (root && last) root.replaceChildren(...draw(root));
});

function draw(root) {
  const { data } = last, parts = [];
  const folds = data.folds && matchMedia(NARROW).matches, open = !folds || Boolean(unfolded);
  if (folds) {
    const line = button("nv-fold", data.summary, () => {
      unfolded = !open;
      root.replaceChildren(...draw(root));
      root.querySelector(".nv-fold").focus();
    });
    line.dataset.key = "fold";
    line.setAttribute("aria-expanded", String(open));
    line.setAttribute("aria-controls", "nv-filters-panel");
    parts.push(line);
  }
  const panel = element("div", "nv-panel", chips(data.needs, true), data.kinds ? chips(data.kinds, false) : "", narrowing(data));
  panel.id = "nv-filters-panel";
  panel.hidden = !open;
  return [...parts, panel];
}

// One of them, or (where several may be) any number.
function chips({ label, name, options }, single) {
  const group = element("fieldset", "nv-chips", element("legend", "", label));
  for (const { id, icon, text, on } of options) {
    const sign = element("span", "", icon);
    sign.setAttribute("aria-hidden", "true");
    const chip = button("nv-chip", "", () => {
      const chosen = single ? (on ? [] : [id]) : options.filter((one) => (one.id === id ? !on : one.on)).map((one) => one.id);
      change(single ? { [name]: chosen, category: [] } : { [name]: chosen });
    });
    chip.append(sign, " ", text);
    chip.dataset.key = `${name}-${id}`;
    chip.setAttribute("aria-pressed", String(on));
    group.append(chip);
  }
  return group;
}

function narrowing({ choices, switches }) {
  const row = element("div", "nv-narrowing");
  for (const { name, label, value, options, note } of choices) {
    if (!options) {
      row.append(element("label", "", element("span", "", label), moment(name, value)));
      continue;
    }
    const select = element("select");
    select.dataset.key = name;
    for (const [id, text] of options) {
      const option = element("option", "", text);
      option.value = id;
      option.selected = id === value;
      select.append(option);
    }
    select.onchange = () => change({ [name]: select.value ? [select.value] : [] });
    row.append(element("label", "", element("span", "", label), select));
    if (!note) continue;
    const told = element("p", "nv-small", note);
    told.id = `nv-note-${name}`;
    select.setAttribute("aria-describedby", told.id);
    row.append(told);
  }
  for (const { name, text, on } of switches) {
    const box = element("input");
    box.type = "checkbox";
    box.checked = on;
    box.dataset.key = name;
    box.onchange = () => change({ [name]: box.checked ? ["1"] : [] });
    row.append(element("label", "nv-switch", box, element("span", "", text)));
  }
  return row;
}

// A day and time; none is now.
function moment(name, value) {
  const field = element("input");
  Object.assign(field, { type: "datetime-local", value });
  field.dataset.key = name;
  field.onchange = () => change({ [name]: field.value ? [field.value] : [] });
  return field;
}

// The whole search is sent, so that two quick changes do not undo each other.
function change(changes) {
  const { needs, kinds, choices, switches } = last.data;
  const search = {
    [needs.name]: needs.options.filter((one) => one.on).map((one) => one.id),
    ...(kinds ? { [kinds.name]: kinds.options.filter((one) => one.on).map((one) => one.id) } : {}),
    ...Object.fromEntries(choices.map(({ name, value }) => [name, value ? [value] : []])),
    ...Object.fromEntries(switches.map(({ name, on }) => [name, on ? ["1"] : []])),
    ...changes,
  };
  show(search);
  last.send(search);
}

// At once, before the server answers.
function show(search) {
  const { needs, kinds, choices, switches } = last.data;
  for (const one of needs.options) one.on = search[needs.name].includes(one.id);
  for (const one of kinds?.options ?? []) one.on = (search[kinds.name] ?? []).includes(one.id);
  for (const one of choices) one.value = search[one.name][0] ?? "";
  for (const one of switches) one.on = search[one.name].length > 0;
  for (const chip of document.querySelectorAll(".nv-chip")) {
    const option = [...needs.options, ...(kinds?.options ?? [])].find((one) => [`${needs.name}-${one.id}`, `${kinds?.name}-${one.id}`].includes(chip.dataset.key));
    if (option) chip.setAttribute("aria-pressed", String(option.on));
  }
}
