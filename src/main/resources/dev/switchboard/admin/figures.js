// What the numbers of the nodes say together: sums, rates between two looks, quantiles; and how they are written.

const series = (node, meter) => node.meters?.[meter] ?? [];

/** The sum of a meter over nodes, of the series that fit. */
export const sum = (nodes, meter, fits = () => true) =>
  nodes.reduce((all, node) => all + series(node, meter).filter(fits).reduce((own, one) => own + one.value, 0), 0);

/** The greatest value of a meter over nodes. */
export const most = (nodes, meter) => Math.max(0, ...nodes.flatMap((node) => series(node, meter).map((one) => one.value)));

/** What a meter has at all nodes by some labels: `[{…labels, value}]`. */
export function grouped(nodes, meter, ...labels) {
  const groups = new Map();
  for (const one of nodes.flatMap((node) => series(node, meter))) {
    const name = JSON.stringify(labels.map((label) => one[label]));
    const group = groups.get(name) ?? { ...Object.fromEntries(labels.map((label) => [label, one[label]])), value: 0 };
    group.value += one.value;
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** Pairs each node with itself at the look before; one that is new, or was started anew, has nothing to be compared with. */
export const pairs = (before, now) =>
  now.nodes.flatMap((node) => {
    const former = before?.nodes.find((one) => one.node === node.node && one.uptime <= node.uptime);
    return former?.meters && node.meters ? [[former, node]] : [];
  });

/** How fast a counter has risen, per second. */
export function rate(before, now, meter, fits) {
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  if (!(seconds > 0)) return null;
  const risen = pairs(before, now).reduce((all, [a, b]) => all + Math.max(0, sum([b], meter, fits) - sum([a], meter, fits)), 0);
  return risen / seconds;
}

/** How many were measured between two looks, by bucket, and in all. */
function measured(before, now, meter, fits) {
  const buckets = now.bounds.map(() => 0);
  let count = 0;
  for (const [a, b] of pairs(before, now)) {
    for (const [node, sign] of [[b, 1], [a, -1]]) {
      for (const one of series(node, meter).filter(fits)) {
        one.buckets.forEach((value, n) => (buckets[n] += sign * value));
        count += sign * one.value;
      }
    }
  }
  return { buckets, count };
}

/** A time in seconds below which a part of what was measured between two looks is; null when nothing was. */
export function quantile(part, before, now, meter, fits = () => true) {
  if (!before) return null;
  const { buckets, count } = measured(before, now, meter, fits);
  if (count <= 0) return null;
  const rank = part * count;
  const n = buckets.findIndex((upTo) => upTo >= rank);
  if (n < 0) return now.bounds.at(-1);
  const below = n ? buckets[n - 1] : 0;
  const floor = n ? now.bounds[n - 1] : 0;
  return floor + ((now.bounds[n] - floor) * (rank - below)) / Math.max(1e-9, buckets[n] - below);
}

// ---- how they are written

export function number(value) {
  if (value === null || value === undefined) return '–';
  if (value >= 1e6) return `${+(value / 1e6).toPrecision(3)} M`;
  if (value >= 1e4) return `${+(value / 1e3).toPrecision(3)} k`;
  return value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : `${+value.toPrecision(2)}`;
}

export function time(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  return seconds < 1 ? `${+(seconds * 1000).toPrecision(seconds < 0.01 ? 2 : 3)} ms` : `${+seconds.toPrecision(3)} s`;
}

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const n = value > 0 ? Math.min(3, Math.floor(Math.log2(value) / 10)) : 0;
  return `${+(value / 1024 ** n).toPrecision(3)} ${units[n]}`;
}

export function span(millis) {
  const minutes = Math.floor(millis / 60000);
  if (minutes < 1) return `${Math.floor(millis / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} days`;
}
