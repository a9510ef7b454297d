import { TaskdeckError } from '#lib/errors';
import type { FieldError } from '#lib/errors';
import { jsonErrorOffset } from './json-error-offset.ts';
import { pointerOf } from './pointer.ts';

export const maxJsonDepth = 32;
export const maxJsonKeys = 1_000;
/** More would only repeat the first ones. */
const maxProblems = 20;

/** Keys that reach the prototype when some later code merges the value into an object. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses JSON that came from outside.
 *
 * @param maxKeys keys that all its objects have together.
 * @throws TaskdeckError `malformed` with line and column, or `invalid` naming what `checkJson` found.
 */
export function parseJson(source: string, maxKeys = maxJsonKeys): unknown {
  const value = parse(source);
  const fields = checkJson(value, maxKeys);
  if (fields.length > 0)
    throw new TaskdeckError('invalid', 'The JSON holds something that Taskdeck does not take.', { fields });
  return value;
}

/**
 * What makes a JSON value unsafe to keep or to pass on: too deep, too many keys, prototype keys, NUL (which jsonb
 * cannot hold), half of a surrogate pair, numbers beyond a double.
 */
export function checkJson(value: unknown, maxKeys = maxJsonKeys): FieldError[] {
  const problems: FieldError[] = [];
  let keys = 0;
  // A list instead of recursion: a hostile depth must not end in a stack overflow.
  const rest: { value: unknown; path: PropertyKey[]; reason: string | null }[] = [{ value, path: [], reason: null }];

  for (let item = rest.pop(); item && problems.length < maxProblems; item = rest.pop()) {
    const reason = item.reason ?? scalarProblem(item.value);
    if (reason) {
      problems.push({ pointer: pointerOf(item.path), message: reason });
    } else if (typeof item.value === 'object' && item.value !== null) {
      const tooDeep = item.path.length + 1 >= maxJsonDepth;
      const children = Array.isArray(item.value) ? [...item.value.entries()] : Object.entries(item.value);
      if (!Array.isArray(item.value)) keys += children.length;
      if (keys > maxKeys) return [{ pointer: '', message: `has more than ${maxKeys} keys` }];
      // From the back, so that problems are named in the order of the document.
      for (const [key, child] of children.toReversed()) {
        const refused =
          (typeof key === 'string' ? keyProblem(key) : null) ?? (tooDeep ? containerProblem(child) : null);
        rest.push({ value: child, path: [...item.path, refused ? printable(key) : key], reason: refused });
      }
    }
  }
  return problems;
}

/** Why a string from outside cannot be kept, or null when it can. */
export function textProblem(value: string): string | null {
  if (value.includes('\u0000')) return 'holds a NUL character';
  if (!value.isWellFormed()) return 'holds half of a surrogate pair';
  return null;
}

function scalarProblem(value: unknown): string | null {
  if (typeof value === 'string') return textProblem(value);
  return typeof value === 'number' && !Number.isFinite(value) ? 'is a number beyond what JSON can hold' : null;
}

const containerProblem = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? `is nested deeper than ${maxJsonDepth} levels` : null;

function keyProblem(key: string): string | null {
  return prototypeKeys.has(key) ? `"${key}" is not allowed as a key` : textProblem(key);
}

/** A key as it may stand in an answer: the characters that made it refused are replaced. */
const printable = (key: PropertyKey): string => String(key).toWellFormed().replaceAll('\u0000', '\uFFFD').slice(0, 100);

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    const offset = Math.max(0, jsonErrorOffset(source));
    const before = source.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const what =
      source.trim() === ''
        ? 'The body is empty; JSON was expected.'
        : `The body is not valid JSON: see line ${line}, column ${column}.`;
    throw new TaskdeckError('malformed', what, {
      fields: [{ pointer: '', message: `line ${line}, column ${column}` }],
      cause,
    });
  }
}
