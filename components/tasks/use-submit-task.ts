'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { submitTask } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import type { SubmitInput } from '../api/types.ts';

/** A random UUID also where the page is not served over HTTPS, as in a private network. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

/** Submits a task. Sending the same input again after a lost answer cannot submit it twice. */
export function useSubmitTask() {
  const queryClient = useQueryClient();
  const last = useRef({ input: '', key: '' });
  return useMutation({
    mutationFn: (input: SubmitInput) => {
      const text = JSON.stringify(input);
      if (last.current.input !== text) last.current = { input: text, key: newKey() };
      return submitTask(input, last.current.key);
    },
    onSuccess: () => {
      last.current = { input: '', key: '' };
      void queryClient.invalidateQueries({ queryKey: keys.lists() });
      void queryClient.invalidateQueries({ queryKey: keys.facets() });
      void queryClient.invalidateQueries({ queryKey: keys.overview() });
    },
  });
}
