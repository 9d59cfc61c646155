// Runs in the map's frame before the map is made. Draws the base map from one local file, then what `show` is given.
(function () {
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  // A map kept in one file brings its base map along.
  const base = window.naervedBase ? Promise.resolve(window.naervedBase) : fetch(here + "basemap.json").then((answer) => answer.json());
  L.Icon.Default.imagePath = here + "images/";

  L.Map.addInitHook(function () {
    const map = this;
    // Folium forbids zooming on phones; people with weak sight need it.
    for (const meta of document.querySelectorAll("meta[name=viewport]")) meta.content = "width=device-width, initial-scale=1";
    // Leaflet focuses the map at a press; the page round it must not jump under the finger.
    const box = map.getContainer();
    box.style.background = SEA;
    box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
    map.attributionControl.setPrefix("NOAA · Natural Earth · Klimadatastyrelsen · GeoNames");
    L.control.scale({ imperial: false }).addTo(map);
    map.createPane("land").style.zIndex = 150;
    map.createPane("streets").style.zIndex = 180;
    map.createPane("labels").style.zIndex = 350;
    map.getPane("labels").style.pointerEvents = "none";
    window.addEventListener("naerved-select", ({ detail: { id, popup } }) => open(map, id, popup));
    map.on("click", (event) => offer(map, event.latlng));
    base.then((data) => drawBase(map, data));
  });

  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const SEA = dark ? "#10202e" : "#d7e6f0";
  const LAND = dark ? ["#20262d", "#1c2127", "#56606b"] : ["#f7f4ec", "#ebe9e4", "#7d8a97"];

  function drawBase(map, data) {
    const renderer = L.canvas({ pane: "land", padding: 0.5 });
    L.geoJSON(data.land, { pane: "land", renderer, interactive: false,
      style: (f) => ({ weight: 1, color: LAND[2], fillColor: LAND[f.properties.home ? 0 : 1], fillOpacity: 1 }) }).addTo(map);
    if (!window.naervedBase) drawShore(map, renderer);
    const labels = L.layerGroup().addTo(map);
    const draw = () => drawLabels(map, labels, data.labels.concat(streetLabels(map, draw)));
    map.on("moveend zoomend naerved:streets", draw);
    draw();
  }

  // Close up the coast has more corners, in cells of a grid (those of locator/map/embedded_shore.py): the sea of each, its
  // land, and the line between them, which leaves out where the grid cuts the land.
  const SHORE_LAT = 0.2, SHORE_LON = 0.4, SHORE_ZOOM = 10;
  function drawShore(map, renderer) {
    const [seas, lands, lines] = [0, 1, 2].map(() => L.featureGroup().addTo(map)), asked = new Set();
    const filled = (color) => ({ pane: "land", renderer, interactive: false, weight: 1, color, fillColor: color, fillOpacity: 1, smoothFactor: 0.5 });
    const draw = (row, column, cell) => {
      const south = row * SHORE_LAT, west = column * SHORE_LON;
      L.rectangle([[south, west], [south + SHORE_LAT, west + SHORE_LON]], filled(SEA)).addTo(seas);
      cell.forEach((polygons, i) => polygons.forEach((rings) => {
        L.polygon(rings, filled(LAND[i])).addTo(lands);
        const shores = rings.flatMap((ring) => uncut(ring, [south, south + SHORE_LAT], [west, west + SHORE_LON]));
        L.polyline(shores, { pane: "land", renderer, interactive: false, weight: 1, color: LAND[2], smoothFactor: 0.5 }).addTo(lines);
      }));
      lands.bringToFront();
      lines.bringToFront();
    };
    const look = () => {
      if (map.getZoom() < SHORE_ZOOM) return;
      for (const [row, column] of cells(map.getBounds(), SHORE_LAT, SHORE_LON)) {
        const name = row + "_" + column;
        if (asked.has(name)) continue;
        asked.add(name);
        fetch(here + "shore/" + name + ".json").then((answer) => answer.json()).then((cell) => cell && draw(row, column, cell)).catch(() => asked.delete(name));
      }
    };
    map.on("moveend", look);
    look();
  }

  // The parts of a ring that do not run along any of these latitudes and longitudes.
  function uncut(ring, lats, lons) {
    const along = (values, a, b) => values.some((value) => Math.abs(a - value) < 1e-6 && Math.abs(b - value) < 1e-6);
    const parts = [[]];
    ring.forEach((at, i) => {
      const before = ring[i - 1];
      if (before && (along(lats, before[0], at[0]) || along(lons, before[1], at[1]))) parts.push([]);
      parts[parts.length - 1].push(at);
    });
    return parts.filter((part) => part.length > 1);
  }

  // Rows and columns of the cells in view.
  function cells(view, lat, lon) {
    const found = [];
    for (let row = Math.floor(view.getSouth() / lat); row <= Math.floor(view.getNorth() / lat); row++) {
      for (let column = Math.floor(view.getWest() / lon); column <= Math.floor(view.getEast() / lon); column++) found.push([row, column]);
    }
    return found;
  }

  // Names of streets, fetched for the cells in view; where no addresses were imported there are none.
  // The cells are those of locator/map/street_names.py.
  const streets = {}, CELL_LAT = 0.05, CELL_LON = 0.1, STREET_ZOOM = 15;
  function streetLabels(map, redraw) {
    if (window.naervedBase || map.getZoom() < STREET_ZOOM) return [];
    const view = map.getBounds(), found = [];
    for (const [row, column] of cells(view, CELL_LAT, CELL_LON)) {
      const cell = row + "_" + column;
      if (streets[cell]) found.push(...streets[cell]);
      else {
        streets[cell] = [];
        fetch(here + "streets/" + cell + ".json").then((answer) => (answer.ok ? answer.json() : [])).catch(() => []).then((names) => {
          streets[cell] = names.map(([lat, lon, name]) => [lat, lon, name, "street", STREET_ZOOM]);
          if (names.length) redraw();
        });
      }
    }
    return found;
  }

  // Most important first; a label that would touch one already placed is left out.
  function drawLabels(map, group, labels) {
    group.clearLayers();
    const zoom = map.getZoom(), bounds = map.getBounds().pad(0.05), taken = [], named = new Set();
    for (const [lat, lon, text, kind, minZoom] of labels) {
      if (zoom < minZoom || named.has(text) || !bounds.contains([lat, lon])) continue;
      // Where streets are drawn, they and the places among them have their names.
      if (kind !== "city" && zoom >= OWN_NAMES && drawn(map, [lat, lon])) continue;
      const at = map.latLngToContainerPoint([lat, lon]), half = text.length * 3.6 + 6;
      if (taken.some((t) => Math.abs(t.x - at.x) < t.half + half && Math.abs(t.y - at.y) < 16)) continue;
      taken.push({ x: at.x, y: at.y, half });
      named.add(text);
      const span = document.createElement("span");
      span.textContent = text;
      L.marker([lat, lon], { pane: "labels", interactive: false, keyboard: false,
        icon: L.divIcon({ className: "label " + kind, html: span, iconSize: [0, 0] }) }).addTo(group);
      if (taken.length > 120) break;
    }
  }

  function icon(hit) {
    const pin = document.createElement("span");
    pin.textContent = hit.number;
    pin.style.background = hit.colour;
    return L.divIcon({ className: "pin", html: pin, iconSize: [28, 28] });
  }

  function popup(hit) {
    const box = document.createElement("div");
    box.dir = pageDirection();
    for (const [tag, text] of [["strong", hit.name], ["div", hit.category], ["div", hit.line], ["div", hit.checked]]) {
      if (!text) continue;
      const node = document.createElement(tag);
      node.textContent = text;
      box.append(node);
    }
    return box;
  }

  // Pins lie over each other, so they are for the pointer only: the list does all that they do.
  function add(map, group, hit, renderer) {
    const marker = hit.number
      ? L.marker([hit.lat, hit.lon], { icon: icon(hit), title: hit.name, keyboard: false, zIndexOffset: 1000 - hit.number })
      : L.circleMarker([hit.lat, hit.lon], { renderer, radius: 7, weight: 2, color: "#fff", fillColor: hit.colour, fillOpacity: 1 });
    if (!sheets()) marker.bindPopup(() => popup(hit));
    // The person chose on the map: the list, or the sheet over the map, follows.
    marker.on("click", () => {
      drawWay(map, hit.id);
      tell("naerved-select", hit.id);
    });
    return marker.addTo(group);
  }

  // The map itself is never mirrored; what stands on it runs as the page does.
  const pageDirection = () => window.parent.document.documentElement.dir;

  const tell = (name, detail) => window.parent.dispatchEvent(new CustomEvent(name, { detail }));

  // On a narrow screen the page shows a card over the map instead of a popup in it.
  const sheets = () => window.parent.matchMedia("(max-width: 900px)").matches;

  function open(map, id, popup) {
    const marker = (map.naerved || {})[id];
    if (!marker) return;
    drawWay(map, id);
    map.setView(marker.getLatLng(), Math.max(map.getZoom(), 14), { animate: false });
    // The sheet takes the lower half.
    if (popup) marker.openPopup();
    else map.panBy([0, map.getSize().y / 4], { animate: false });
  }

  // The way to the chosen place, where it is known; one at a time.
  function drawWay(map, id) {
    map.naervedChosen = id;
    if (map.naervedWay) map.naervedWay.remove();
    const renderer = map.naervedSvg || (map.naervedSvg = L.svg());
    const line = (map.naervedWays || {})[id];
    map.naervedWay = line && L.layerGroup([["#fff", 8], ["#b0005c", 4]].map(([color, weight]) =>
      L.polyline(line, { renderer, color, weight, opacity: 0.9, interactive: false, className: "way" }))).addTo(map);
  }

  // A tap on the map does nothing by itself: it offers what may be done there.
  function offer(map, at) {
    const ask = map.naervedAsk;
    if (!ask) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ask";
    button.textContent = ask.text;
    button.dir = pageDirection();
    button.onclick = () => {
      map.closePopup();
      tell("naerved-ask", { what: ask.what, map: ask.map, lat: at.lat, lon: at.lng });
    };
    L.popup({ closeButton: false }).setLatLng(at).setContent(button).openOn(map);
  }

  function drawOrigin(group, origin, map) {
    if (!origin) return;
    const rings = L.layerGroup().addTo(group);
    const draw = () => drawRings(rings, origin, map);
    map.on("zoomend", draw);
    group.on("remove", () => map.off("zoomend", draw));
    draw();
    // Where the origin may really be, nine times in ten.
    if (origin.off) L.circle([origin.lat, origin.lon], { radius: origin.off, className: "off", interactive: false,
      stroke: true, weight: 1, color: "#0b5394", fillColor: "#0b5394", fillOpacity: 0.12 }).addTo(group);
    const star = document.createElement("span");
    star.textContent = "★";
    L.marker([origin.lat, origin.lon], { icon: L.divIcon({ className: "origin", html: star, iconSize: [32, 32] }),
      interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(group);
  }

  // Rings at round costs that suit the zoom: on a map with no streets they tell how far things are.
  function drawRings(rings, origin, map) {
    rings.clearLayers();
    for (const { outlines, text, reach } of origin.rings) {
      const line = L.polygon(outlines, { smoothFactor: 0, fill: false, color: reach ? "#0b5394" : "#5b6470",
        weight: reach ? 2 : 1, dashArray: reach ? null : "3 6", interactive: false });
      const box = line.getBounds();
      const radius = (map.latLngToContainerPoint(box.getSouthWest()).y - map.latLngToContainerPoint(box.getNorthEast()).y) / 2;
      if (!reach && (radius <= 45 || radius >= 700)) continue;
      line.addTo(rings);
      const name = document.createElement("span");
      name.textContent = text;
      const top = outlines.flat().reduce((best, at) => (at[0] > best[0] ? at : best));
      L.marker(top, { interactive: false, keyboard: false,
        icon: L.divIcon({ className: "label ring", html: name, iconSize: [0, 0] }) }).addTo(rings);
    }
  }

  function said(text) {
    const box = document.createElement("div");
    box.dir = pageDirection();
    box.textContent = text;
    return box;
  }

  function drawCoverage(group, { areas = [], dots = [], places = [] }, renderer) {
    for (const { geometry, text } of areas) {
      L.geoJSON(geometry, { renderer, bubblingMouseEvents: true, style: { color: "#b35900", weight: 1, fillColor: "#e69f00", fillOpacity: 0.35 } })
        .bindTooltip(() => said(text), { sticky: true }).addTo(group);
    }
    for (const [lat, lon, radius, far] of dots) {
      L.circleMarker([lat, lon], { renderer, radius, stroke: false, interactive: false,
        fillColor: far ? "#8a3b00" : "#00566b", fillOpacity: 0.55 }).addTo(group);
    }
    for (const [lat, lon, name, isNew] of places) {
      L.circleMarker([lat, lon], { renderer, radius: isNew ? 9 : 5, color: "#fff", weight: 2, fillColor: isNew ? "#b0005c" : "#1f2a37", fillOpacity: 1 })
        .bindTooltip(() => said(name)).addTo(group);
    }
  }

  function drawTiles(map, tiles) {
    if (map.naervedTiles && map.naervedTiles._url !== (tiles || {}).url) {
      map.removeLayer(map.naervedTiles);
      map.naervedTiles = null;
    }
    if (!tiles || map.naervedTiles) return;
    map.naervedTiles = L.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 19, referrerPolicy: "no-referrer" }).addTo(map);
  }

  const OWN_NAMES = 13;
  const drawn = (map, at) => map.naervedStreets && map.naervedStreets.options.bounds.contains(at);

  // The street map of this machine; its library is fetched only where there is one.
  let library;
  function drawStreets(map, streets, others) {
    const wanted = streets && streets.url && !others ? streets.url : null;
    if (wanted !== map.naervedStreetsUrl) {
      map.naervedStreetsUrl = wanted;
      if (map.naervedStreets) map.removeLayer(map.naervedStreets);
      map.naervedStreets = null;
      if (wanted) {
        library = library || script("protomaps-leaflet.js").then(() => script("streets.js"));
        library.then(() => {
          if (map.naervedStreetsUrl !== wanted) return;
          const bounds = L.latLngBounds(streets.bounds);
          map.naervedStreets = window.naervedStreets(map, { ...streets, bounds }, () => say(map, streets.failed)).addTo(map);
          map.fire("naerved:streets");
          sayWhatIsThere(map);
        }, () => say(map, streets.failed));
      }
    }
    map.naervedNone = streets && !others ? streets.none : "";
    if (!map.naervedSays) {
      map.on("moveend", () => sayWhatIsThere(map));
      map.naervedSays = true;
    }
    sayWhatIsThere(map);
  }

  const script = (name) => new Promise((resolve, reject) => {
    const node = document.createElement("script");
    node.src = here + name;
    node.onload = resolve;
    node.onerror = reject;
    document.head.append(node);
  });

  // So near that streets would be seen, it is said that there are none.
  function sayWhatIsThere(map) {
    const far = map.getZoom() < 14 || (map.naervedStreetsUrl && (!map.naervedStreets || drawn(map, map.getCenter())));
    say(map, far ? "" : map.naervedNone);
  }

  function say(map, text) {
    if (!map.naervedLine) {
      if (!text) return;
      map.naervedLine = L.DomUtil.create("p", "said", map.getContainer());
      map.naervedLine.setAttribute("role", "status");
    }
    map.naervedLine.dir = pageDirection();
    map.naervedLine.textContent = text || "";
    map.naervedLine.hidden = !text;
  }

  // One press, and the map shows again what it was opened for.
  function drawHome(map, home, view) {
    if (map.naervedHome) map.naervedHome.remove();
    map.naervedHome = null;
    if (!home || !view) return;
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const button = L.DomUtil.create("button", "home");
      button.type = "button";
      button.title = home;
      button.setAttribute("aria-label", home);
      button.textContent = "★";
      L.DomEvent.disableClickPropagation(button);
      button.onclick = () => frame(map, view);
      return button;
    };
    map.naervedHome = control.addTo(map);
  }

  const frame = (map, view) => map.fitBounds(view.bounds, { padding: [24, 24], maxZoom: 15, animate: false });

  window.naervedShow = function (map, group, data) {
    const renderer = map.naervedRenderer || (map.naervedRenderer = L.canvas({ padding: 0.3 }));
    map.naerved = {};
    map.naervedAsk = data.ask;
    drawTiles(map, data.tiles);
    drawStreets(map, data.streets, data.tiles);
    drawHome(map, data.home, data.view);
    for (const hit of data.hits) map.naerved[hit.id] = add(map, group, hit, renderer);
    map.naervedWays = data.ways;
    drawWay(map, map.naervedChosen);
    drawCoverage(group, data, renderer);
    drawOrigin(group, data.origin, map);
    if (data.view && data.view.key !== map.naervedView) {
      map.naervedView = data.view.key;
      frame(map, data.view);
    }
    window.naervedPainted = (window.naervedPainted || 0) + 1;
  };
})();
