// The page's language and direction, the emergency numbers, and the way out.
export default function ({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  document.documentElement.dir = data.dir;
  // Streamlit forbids zooming on phones; people with weak sight need it.
  document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1";
  const nav = parentElement.querySelector(".emergency");
  nav.setAttribute("aria-label", data.emergency_label);
  nav.replaceChildren(...data.numbers.map(number));
  const languages = parentElement.querySelector(".languages");
  languages.setAttribute("aria-label", data.languages_label);
  languages.replaceChildren(...data.languages.map(({ code, name }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.lang = code;
    button.textContent = name;
    button.setAttribute("aria-pressed", String(code === data.lang));
    button.onclick = () => setTriggerValue("chosen", code);
    return button;
  }));
  const leave = parentElement.querySelector(".leave");
  leave.href = data.leave_url;
  leave.textContent = data.leave;
  leave.title = data.leave_title;
  leave.onclick = (event) => { event.preventDefault(); go(data.leave_url); };
  const onKey = escapes(() => go(data.leave_url));
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}

function number({ href, digits, text }) {
  const a = document.createElement("a");
  a.href = href;
  const strong = document.createElement("strong");
  strong.textContent = digits;
  strong.dir = "ltr";
  const words = document.createElement("span");
  words.textContent = text;
  a.append(strong, " ", words);
  return a;
}

// Blank first, at once; then a harmless page in place of this one, so that "back" does not return here.
function go(url) {
  document.documentElement.style.visibility = "hidden";
  document.title = " ";
  history.replaceState(null, "", location.pathname);
  location.replace(url);
}

// Three times Escape within two seconds.
function escapes(action) {
  let times = [];
  return (event) => {
    if (event.key !== "Escape") return;
    const now = performance.now();
    times = [...times.filter((t) => now - t < 2000), now];
    if (times.length >= 3) action();
  };
}
