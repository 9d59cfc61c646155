// What goes along to the page for paper, in this tab only: where one searched from, how far it is, notes.
const KEY = "naerved-handout";

export function carried() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function carry(told) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(told));
  } catch {
    // a browser that keeps nothing: the page has the cards all the same
  }
}
