'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/**
 * Which step of a chart is looked at: by the pointer, or by the arrow keys. Null: none, also when pointer or focus have left
 * the figure.
 */
export function useStep(steps: number) {
  const [step, setStep] = useState<number | null>(null);
  const figure = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = figure.current;
    const leave = (event: MouseEvent | FocusEvent) => {
      if (!(event.relatedTarget instanceof Node && element?.contains(event.relatedTarget))) setStep(null);
    };
    element?.addEventListener('pointerleave', leave);
    element?.addEventListener('focusout', leave);
    return () => {
      element?.removeEventListener('pointerleave', leave);
      element?.removeEventListener('focusout', leave);
    };
  }, []);

  const clamp = (next: number) => Math.max(0, Math.min(steps - 1, next));
  function point(event: PointerEvent<HTMLElement>): void {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (width > 0) setStep(clamp(Math.floor(((event.clientX - left) / width) * steps)));
  }

  return {
    steps,
    step: step === null ? null : clamp(step),
    figure,
    plot: {
      onFocus: () => setStep((known) => known ?? steps - 1),
      onPointerDown: point,
      onPointerMove: point,
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const next = nextStep(event.key, step ?? steps - 1, steps);
        if (next === null) return;
        event.preventDefault();
        setStep(clamp(next));
      },
    },
  };
}

export type ChartStep = ReturnType<typeof useStep>;

/** Where a key leads, as of a slider; null for a key that leads nowhere. */
function nextStep(key: string, step: number, steps: number): number | null {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return step - 1;
  if (key === 'ArrowRight' || key === 'ArrowUp') return step + 1;
  if (key === 'PageDown') return step - 10;
  if (key === 'PageUp') return step + 10;
  if (key === 'Home') return 0;
  return key === 'End' ? steps - 1 : null;
}
