'use client';

import { createContext, useContext } from 'react';
import type { JsonSchema } from '#lib/tasks/types';

/** What every field of a form shares. */
export type FormContextValue = {
  root: JsonSchema;
  /** Prefix of the fields' ids. */
  id: string;
  /** The messages to show at a pointer now. */
  messagesAt(pointer: string): string[];
  /** The reader has left the field: its errors may be shown. */
  touch(pointer: string): void;
};

export const FormContext = createContext<FormContextValue>({
  root: {},
  id: '',
  messagesAt: () => [],
  touch: () => undefined,
});

export const useForm = (): FormContextValue => useContext(FormContext);
