// The street map of this machine, in light and dark: drawn from vector tiles by protomaps-leaflet, in two
// dimensions, so that no graphics card and no font files are needed. Layers are those of locator/map/tiles.
window.naervedStreets = function (map, streets, failed) {
  const P = window.protomapsL;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const C = dark
    ? { land: "#20262d", town: "#232a32", sea: "#10202e", water: "#16324a", wood: "#1f3327", park: "#243a2b", beach: "#3a3728",
        building: "#343b45", edge: "#434c58", motorway: "#a8763e", main: "#8a7433", secondary: "#77704a", through: "#6b7078", street: "#555d68", walk: "#4a4654",
        path: "#8d94a0", cycle: "#6fa0d8", rail: "#8a8fa0", ferry: "#7fb0e0", text: "#e6e9ee", quiet: "#b9c0ca", halo: "#171c22" }
    : { land: "#f7f4ec", town: "#f1ece2", sea: "#d7e6f0", water: "#a9cfe6", wood: "#c9dfbf", park: "#dcebcf", beach: "#f3e8c2",
        building: "#e0d8cc", edge: "#c5bbab", motorway: "#e79a4f", main: "#f5cf6b", secondary: "#f8e3a3", through: "#ffffff", street: "#ffffff", walk: "#ece7f2",
        path: "#8a7a66", cycle: "#3f7fc0", rail: "#77767d", ferry: "#3f7fc0", text: "#26303b", quiet: "#55606c", halo: "#ffffff" };
  const is = (...kinds) => (zoom, feature) => kinds.includes(feature.props.kind);
  const area = (layer, fill, kinds, more = {}) => ({ dataLayer: layer, filter: kinds && is(...kinds), symbolizer: new P.PolygonSymbolizer({ fill, ...more }) });
  // Widths grow with the zoom, as streets do.
  const wide = (at16) => (zoom) => Math.max(0.6, at16 * Math.pow(1.6, zoom - 16));
  const line = (layer, color, width, kinds, more = {}) => ({ dataLayer: layer, filter: kinds && is(...kinds), symbolizer: new P.LineSymbolizer({ color, width, ...more }) });
  const cased = (layer, color, at16, kinds) => [
    line(layer, C.edge, (zoom) => wide(at16)(zoom) + 1.4, kinds),
    line(layer, color, wide(at16), kinds),
  ];
  const paintRules = [
    area("ground", C.land), area("town", C.town), area("green", C.park, ["green"]), area("green", C.beach, ["sand"]), area("wood", C.wood),
    area("sea", C.sea), area("water", C.water),
    line("streams", C.water, wide(3)),
    area("piers", C.walk, ["square"]), area("piers", C.land, ["pier"]), line("piers", C.edge, wide(2), ["pier"]),
    line("ferries", C.ferry, 1.2, null, { dash: [6, 4] }),
    area("buildings", C.building, null, { stroke: C.edge, width: 0.6 }),
    line("paths", C.path, wide(1.6), ["foot", "track"], { dash: [4, 3] }),
    line("paths", C.path, wide(2.4), ["steps"], { dash: [1.5, 1.5] }),
    line("paths", C.cycle, wide(1.6), ["bicycle"], { dash: [6, 2] }),
    ...cased("streets", C.street, 3, ["yard"]), ...cased("streets", C.walk, 5, ["pedestrian"]),
    ...cased("streets", C.street, 6, ["residential", "unclassified", "living_street", "road"]),
    ...cased("through", C.through, 8),
    ...[["secondary", 9], ["main", 10], ["motorway", 12]].flatMap(([kind, width]) => cased("roads", C[kind], width, [kind])),
    line("rails", C.rail, wide(2.2), ["rail"]), line("rails", C.land, wide(1.1), ["rail"], { dash: [5, 5] }),
    line("rails", C.rail, wide(1), ["tram"]),
  ];
  const labelProps = ["name:" + streets.lang, "name"];
  const text = { labelProps, fill: C.text, stroke: C.halo, width: 2.5, fontFamily: "Source Sans, system-ui, sans-serif" };
  const along = (layer, fontSize, minzoom, more = {}) => ({ dataLayer: layer, minzoom, symbolizer: new P.LineLabelSymbolizer({ ...text, fontSize, ...more }) });
  const at = (layer, fontSize, minzoom, more = {}) => ({ dataLayer: layer, minzoom, symbolizer: new P.CenteredTextSymbolizer({ ...text, fontSize, ...more }) });
  const labelRules = [
    // Cities have their names from the map below.
    { ...at("places", 13, 13, { fontWeight: 600, fill: C.quiet }), filter: is("town", "village", "hamlet", "suburb", "quarter", "neighbourhood", "island") },
    at("stations", 12, 14, { fontWeight: 600 }),
    along("roads", 12, 14, { fontWeight: 600 }),
    along("through", 12, 14, { fontWeight: 600 }),
    along("streets", 12, 15),
    along("paths", 11, 17, { fill: C.quiet }),
    at("water", 11, 15, { fontStyle: "italic", fill: dark ? "#9cc4e4" : "#2f5f86" }),
    at("green", 11, 15, { fontStyle: "italic", fill: dark ? "#a9cfae" : "#3c6636" }),
    { ...at("numbers", 10, 17, { labelProps: ["number"], fill: C.quiet }) },
  ];
  const layer = P.leafletLayer({ url: streets.url, paintRules, labelRules, maxDataZoom: streets.zoom, lang: streets.lang,
    bounds: streets.bounds, attribution: streets.attribution, pane: "streets", maxZoom: 19 });
  for (const view of layer.views.values()) {
    const source = view.tileCache.source, get = source.get.bind(source);
    // From afar there are no tiles. A layer that said so by its minZoom would have Leaflet zoom the map in.
    source.get = (at, size) => at.z < streets.least ? Promise.resolve(new Map()) : get(at, size).catch((error) => {
      if (error.name !== "AbortError") failed();
      throw error;
    });
  }
  return layer;
};
