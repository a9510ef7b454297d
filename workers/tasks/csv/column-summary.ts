/** What a column's values have in common; `empty` when it has none. */
export type ColumnType = 'integer' | 'number' | 'boolean' | 'date' | 'text' | 'empty';

export type ColumnSummary = {
  name: string;
  type: ColumnType;
  empty: number;
  /** The lowest and highest number, or the first and last date as written; absent for other types. */
  min?: number | string;
  max?: number | string;
};

const integer = /^[+-]?\d{1,15}$/;
const number = /^[+-]?(?:\d{1,100}(?:\.\d{0,100})?|\.\d{1,100})(?:[eE][+-]?\d{1,3})?$/;
const boolean = /^(?:true|false|yes|no)$/i;
/** ISO 8601: 2026-11-20, with or without a time. */
const date = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** The narrowest first: a column has the first type that all its values fit. */
const tests: { type: ColumnType; fits(value: string): boolean; rank?(value: string): number }[] = [
  // A leading zero is part of a code (a ZIP, an article), not of a number.
  { type: 'integer', fits: (value) => integer.test(value) && !/^[+-]?0\d/.test(value), rank: Number },
  {
    type: 'number',
    fits: (value) => number.test(value) && !/^[+-]?0\d/.test(value) && Number.isFinite(Number(value)),
    rank: Number,
  },
  { type: 'boolean', fits: (value) => boolean.test(value) },
  { type: 'date', fits: (value) => date.test(value) && !Number.isNaN(Date.parse(value)), rank: Date.parse },
];

type Extreme = { rank: number; value: string };

/**
 * Gathers what is common to the values of a column, one value at a time and in constant memory.
 *
 * @returns `add` takes a value as it stands in the file, `result` sums up.
 */
export function columnSummary(name: string) {
  let candidates = tests;
  let values = 0;
  let empty = 0;
  const extremes = new Map<ColumnType, { min: Extreme; max: Extreme }>();

  return {
    add(raw: string): void {
      const value = raw.trim();
      if (value === '') {
        empty += 1;
        return;
      }
      values += 1;
      if (!candidates.every(({ fits }) => fits(value))) candidates = candidates.filter(({ fits }) => fits(value));
      for (const { type, rank } of candidates) {
        if (!rank) continue;
        const extreme = { rank: rank(value), value };
        const known = extremes.get(type);
        if (!known) extremes.set(type, { min: extreme, max: extreme });
        else if (extreme.rank < known.min.rank) known.min = extreme;
        else if (extreme.rank > known.max.rank) known.max = extreme;
      }
    },
    result(): ColumnSummary {
      const type = values === 0 ? 'empty' : (candidates[0]?.type ?? 'text');
      const found = extremes.get(type);
      if (!found || type === 'empty') return { name, type, empty };
      const shown = ({ rank, value }: Extreme) => (type === 'date' ? value : rank);
      return { name, type, empty, min: shown(found.min), max: shown(found.max) };
    },
  };
}
