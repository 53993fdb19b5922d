import {
  csvParse,
  extent,
  forceLink,
  forceSimulation,
  format,
  geoMercator,
  geoPath,
  hierarchy,
  interpolateRgb,
  line,
  pack,
  range,
  scaleLinear,
  scaleTime,
  sum,
  timeDay,
  tree,
  utcFormat,
} from 'd3'

export function shapes() {
  const x = scaleLinear([0, 10], [0, 100]).nice()
  return [
    line(
      (value) => x(value),
      (value) => value * value,
    )(range(4)),
    x.ticks(5),
    interpolateRgb('red', 'blue')(0.5),
    format('$,.2f')(1234.567),
    geoPath(geoMercator())({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [10, 20],
      ],
    }),
  ]
}
export function layouts() {
  const root = hierarchy({
    name: 'a',
    children: [
      { name: 'b', size: 2 },
      { name: 'c', size: 3 },
    ],
  }).sum(({ size }) => size)
  const places = tree()
    .size([10, 10])(root.copy())
    .descendants()
    .map(({ x, y }) => [x, y])
  return [
    places,
    pack()
      .size([10, 10])(root)
      .children.map(({ r }) => Math.round(r * 1e6)),
  ]
}
export function data() {
  const rows = csvParse('day,count\n2020-01-02,3\n2020-01-01,"4"\n')
  const days = rows.map(({ day }) => new Date(day))
  return [
    sum(rows, ({ count }) => count),
    extent(days),
    scaleTime(extent(days), [0, 1])(days[0]),
    utcFormat('%A %e %B %Y')(days[0]),
    timeDay.count(days[1], days[0]),
  ]
}
export function forces() {
  const nodes = [{ id: 0 }, { id: 1 }]
  forceSimulation(nodes)
    .force('link', forceLink([{ source: 0, target: 1 }]))
    .stop()
    .tick(10)
  return nodes.map(({ x, y }) => [Math.round(x * 1e3), Math.round(y * 1e3)])
}
export const failing = () => format('no such format')
