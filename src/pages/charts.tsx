import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';

import type { Language } from '../text/bilingual.ts';
import { number } from '../text/format.ts';

/** One column of a chart: what it is called below the axis, and its parts in the order of the series. */
export interface ChartColumn {
  /** Short: it stands below the column. */
  label: string;
  /** In full, for the little text that appears over the column. */
  title: string;
  parts: readonly number[];
}

export interface BarChartProps {
  /** Unique on the page. */
  id: string;
  title: string;
  /** What one sees, in a sentence, for those who do not. */
  description: string;
  /** What the parts are called; a single one needs no key. */
  series: readonly string[];
  columns: readonly ChartColumn[];
  language: Language;
}

const height = 240;
const top = 12;
const bottom = 208;
const ticks = 4;
/** The scale has room of its own at the left; columns are placed in per cent of the rest. */
const scaleWidth = 12;
const labelsMax = 12;
/** Patterns tell more series apart than this no more. */
export const seriesMax = 5;

/**
 * Columns, stacked where there are several series, drawn on the server. Widths are in per cent and text keeps its size,
 * so that the same picture fits a phone and a wide screen; a table says the same in figures and stands beside it.
 */
export function BarChart(props: BarChartProps) {
  const { id, title, description, series, columns, language } = props;
  const highest = Math.max(1, ...columns.map(({ parts }) => parts.reduce((a, b) => a + b, 0)));
  const y = scaleLinear().domain([0, highest]).range([bottom, top]).nice(ticks);
  const x = scaleBand<number>()
    .domain(columns.map((_, index) => index))
    .range([scaleWidth, 100])
    .paddingInner(0.3)
    .paddingOuter(0.15);
  return (
    <figure class="chart">
      <figcaption class="chart__title" id={`${id}-title`}>
        {title}
      </figcaption>
      {series.length > 1 && <Key id={id} series={series} />}
      <svg
        class="chart__picture"
        width="100%"
        height={height}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-description`}
      >
        <desc id={`${id}-description`}>{description}</desc>
        <Patterns id={id} count={series.length} />
        {y
          .ticks(ticks)
          .filter(Number.isInteger)
          .map((value) => (
            <Line value={value} at={y(value)} language={language} />
          ))}
        <Columns columns={columns} id={id} count={series.length} x={x} y={y} />
        <Labels columns={columns} x={x} />
      </svg>
    </figure>
  );
}

type Across = ReturnType<typeof scaleBand<number>>;
type Up = (value: number) => number;

function Line({ value, at, language }: { value: number; at: number; language: Language }) {
  return (
    <>
      <line class="chart__line" x1={`${scaleWidth}%`} x2="100%" y1={at} y2={at} />
      <text class="chart__scale" x={`${scaleWidth - 2}%`} y={at + 4} text-anchor="end">
        {number(value, language)}
      </text>
    </>
  );
}

function Columns(props: {
  columns: readonly ChartColumn[];
  id: string;
  count: number;
  x: Across;
  y: Up;
}) {
  const { columns, id, count, x, y } = props;
  const keys = Array.from({ length: count }, (_, index) => index);
  const layers = stack<ChartColumn, number>()
    .keys(keys)
    .value(({ parts }, key) => parts[key] ?? 0)([...columns]);
  return (
    <>
      {columns.map((column, place) => (
        <g>
          <title>{column.title}</title>
          {layers.map((layer, series) => {
            const [low = 0, high = 0] = layer[place] ?? [];
            if (high <= low) return null;
            return (
              <rect
                class={`chart__part chart__part--${series + 1}`}
                fill={fillOf(id, series)}
                x={`${x(place) ?? 0}%`}
                width={`${x.bandwidth()}%`}
                y={y(high)}
                height={y(low) - y(high)}
              />
            );
          })}
        </g>
      ))}
    </>
  );
}

/** At most a dozen, or they would run into each other; on a phone every other one of those. */
function Labels({ columns, x }: { columns: readonly ChartColumn[]; x: Across }) {
  const every = Math.ceil(columns.length / labelsMax);
  return (
    <>
      {columns.map(({ label }, place) =>
        place % every === 0 ? (
          <text
            class={(place / every) % 2 === 0 ? 'chart__label' : 'chart__label chart__label--second'}
            x={`${(x(place) ?? 0) + x.bandwidth() / 2}%`}
            y={bottom + 20}
            text-anchor="middle"
          >
            {label}
          </text>
        ) : null,
      )}
    </>
  );
}

function Key({ id, series }: { id: string; series: readonly string[] }) {
  return (
    <ul class="chart__key">
      {series.map((name, index) => (
        <li>
          <svg width="16" height="16" aria-hidden="true">
            <Patterns id={`${id}-key-${index}`} count={index + 1} />
            <rect
              class={`chart__part chart__part--${index + 1}`}
              fill={fillOf(`${id}-key-${index}`, index)}
              width="16"
              height="16"
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Lines and dots beside the colours, so that colour is never alone. The first series is plain. */
function Patterns({ id, count }: { id: string; count: number }) {
  return (
    <defs>
      {Array.from({ length: Math.min(count, seriesMax) }, (_, index) => index)
        .slice(1)
        .map((index) => (
          <pattern
            id={`${id}-pattern-${index}`}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            class={`chart__pattern chart__pattern--${index + 1}`}
          >
            <rect class="chart__ground" width="8" height="8" />
            <path d={marks[index]} />
          </pattern>
        ))}
    </defs>
  );
}

const marks: readonly string[] = [
  '',
  'M-2 2 l4 -4 M0 8 l8 -8 M6 10 l4 -4',
  'M0 4 h8',
  'M2 2 h1.5 v1.5 h-1.5 z M6 6 h1.5 v1.5 h-1.5 z',
  'M4 0 v8',
];

function fillOf(id: string, series: number): string | undefined {
  return series === 0 ? undefined : `url(#${id}-pattern-${Math.min(series, seriesMax - 1)})`;
}
