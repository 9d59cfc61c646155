// The list of one's own: cards with notes, kept by this browser only (localStorage). Nothing here sends anything.
const KEY = "naerved-list", MOST = 200;
const onChange = [];

// What the list shows of a card: nothing of the search that found it, nor of the hour.
const facts = (card) => ({ ...card, number: 0, distance: "", status: { kind: "", text: "" } });

// Each is { card, note, date }: the facts as they were on that day.
export function kept() {
  try {
    const read = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(read) ? read.filter((one) => typeof one?.card?.id === "string") : [];
  } catch {
    return [];
  }
}

// False where the browser keeps nothing, or no more.
export function keepAll(items) {
  try {
    if (items.length > MOST) return false;
    if (items.length) localStorage.setItem(KEY, JSON.stringify(items));
    else localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  tell();
  return true;
}

export const isKept = (id) => kept().some((one) => one.card.id === id);
export const made = (card, note = "") => ({ card: facts(card), note, date: new Date().toISOString().slice(0, 10) });
export const keep = (card) => keepAll([...kept().filter((one) => one.card.id !== card.id), made(card)]);
export const drop = (id) => keepAll(kept().filter((one) => one.card.id !== id));
export const whenKept = (act) => onChange.push(act);

// The header says how many there are.
export function countKept() {
  const count = document.querySelector(".nv-mine .nv-count"), number = kept().length;
  if (count) count.textContent = number ? `(${number})` : "";
}

function tell() {
  countKept();
  for (const act of onChange) act();
}

// Another tab of this browser changed it.
addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) tell(); });
