import { readFileSync, writeFileSync } from 'node:fs';
import type { Outcome } from '../outcome.ts';
import { confidence, table } from './table.ts';

const file = new URL('../../docs/reliability.md', import.meta.url);
const [begin, end] = ['<!-- faults:begin -->', '<!-- faults:end -->'];

/** Writes the run's table between the marks of docs/reliability.md. */
export function writeDocument(outcomes: Outcome[], about: string): void {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/reliability.md lacks ${begin} … ${end}`);
  writeFileSync(file, `${before}${begin}\n${about}\n\n${table(outcomes)}\n\n${confidence(outcomes)}.\n${end}${after}`);
}
