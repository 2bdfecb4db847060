// Draws the table of each figure as a picture. The table stays, one click away; without this script only it is there.
// Canvas and rich-text tooltips: nothing here writes a style attribute, so the content policy needs no exception.

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(`--${name}`).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const LONGEST_LABEL = 9;
// 1 in normal text, more in large text: the picture grows with the words around it.
const SCALE = parseFloat(style.fontSize) / 16;

const COLOURS = {
  stack: [colour("azurite"), "#8fbfae"],
  group: ["#c9d3d6", "#c69a4e", "#9a7bb3"],
};
// Stripes and dots beside colour, so that series differ without it.
const DECALS = {
  stack: [{ symbol: "none" }, { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -0.8, color: "#2366504d" }],
  group: [
    { symbol: "none" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8, color: "#ffffff73" },
    { symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.5, color: "#ffffff80" },
  ],
};

const text = (cell) => cell.textContent.trim();

function read(table) {
  const [, ...names] = [...table.tHead.rows[0].cells].map(text);
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map(text));
  return { names, labels: rows.map((row) => row[0]), columns: names.map((_, i) => rows.map((row) => Number(row[i + 1]))) };
}

function option(kind, title, { names, labels, columns }) {
  const font = { fontFamily: style.getPropertyValue("--sans"), color: colour("ink-2"), fontSize: 13 * SCALE };
  return {
    animation: !still,
    animationDuration: 400,
    textStyle: { fontFamily: font.fontFamily },
    color: COLOURS[kind],
    aria: { enabled: true, label: { description: describe(title, names, labels, columns) } },
    grid: { left: 4, right: 28, top: 30 * SCALE, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, itemGap: 16, textStyle: font, selectedMode: false },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      axisPointer: { type: "shadow", shadowStyle: { color: "rgba(23,83,107,0.06)" } },
      borderColor: colour("line-strong"),
      backgroundColor: colour("surface"),
      textStyle: { ...font, color: colour("ink") },
    },
    xAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: { ...font, fontSize: 12 * SCALE },
      splitLine: { lineStyle: { color: colour("line") } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("line-strong") } },
      axisLabel: {
        ...font,
        formatter: (name) => (name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL)}…` : name),
      },
    },
    series: columns.map((data, i) => ({
      name: names[i],
      type: "bar",
      stack: kind === "stack" ? "all" : undefined,
      barMaxWidth: (kind === "stack" ? 15 : 9) * SCALE,
      barGap: "15%",
      itemStyle: { decal: DECALS[kind][i] },
      data,
    })),
  };
}

function describe(title, names, labels, columns) {
  const rows = labels.map((label, row) => `${label}: ${names.map((name, i) => `${name} ${columns[i][row]}`).join(", ")}`);
  return `${title}. ${rows.join("; ")}`;
}

for (const figure of document.querySelectorAll("[data-chart]")) {
  const data = read(figure.querySelector("table"));
  if (!data.labels.length) continue;
  const kind = figure.dataset.chart;
  const title = text(figure.querySelector("figcaption"));
  const canvas = figure.querySelector(".chart-canvas");
  canvas.hidden = false;
  const each = kind === "stack" ? 25 : 44;
  canvas.style.height = `${(data.labels.length * each + 64) * SCALE}px`;
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(option(kind, title, data));
  canvas.setAttribute("role", "img");
  new ResizeObserver(() => chart.resize()).observe(canvas);
}
