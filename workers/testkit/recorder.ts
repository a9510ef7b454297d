import { randomUUID } from 'node:crypto';
import { type EmitOptions, type TaskContext, toProgress } from '#lib/tasks/define';
import type { LogLevel, Progress } from '#lib/tasks/types';
import { createCappedLog } from '../runner/capped-log.ts';

/** What a handler told its task, over all attempts and in order. */
export type Recorded = {
  logs: { attempt: number; level: LogLevel; message: string; fields: Record<string, unknown> | null }[];
  progress: Progress[];
  /** Child tasks, each once however often the body ran. */
  emitted: { id: string; name: string; payload: unknown; options: EmitOptions }[];
};

type Recorder = {
  recorded: Recorded;
  /** What one attempt reports by; each report is a sign of life. */
  reports(attempt: number, alive: () => void): Pick<TaskContext, 'log' | 'progress' | 'emit'>;
};

/** Keeps what the attempts of one task report. */
export function createRecorder(): Recorder {
  const recorded: Recorded = { logs: [], progress: [], emitted: [] };
  const children = new Map<string, { id: string }>();

  return {
    recorded,
    reports: (attempt, alive) => {
      let emits = 0;
      return {
        log: createCappedLog((level, message, fields) => {
          alive();
          recorded.logs.push({ attempt, level, message, fields });
        }),
        progress: (value) => {
          alive();
          recorded.progress.push(toProgress(value));
        },
        emit: async (name, payload = {}, { key, ...options } = {}) => {
          emits += 1;
          const known = children.get(key ?? String(emits));
          if (known) return known;
          const child = { id: randomUUID() };
          children.set(key ?? String(emits), child);
          recorded.emitted.push({ ...child, name, payload, options });
          return child;
        },
      };
    },
  };
}
