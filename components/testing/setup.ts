import '@testing-library/jest-dom';
import { cleanup, configure } from '@testing-library/react';

// Conditions are waited for as long as a busy machine may need.
jest.setTimeout(30_000);

configure({
  asyncUtilTimeout: 10_000,
  // Without the whole page: the message is enough, and the page is long.
  getElementError: (message) => new Error(message ?? 'no such element'),
});

// jsdom has no layout: what Radix and the pages ask of it answers that nothing has a size.
class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResizeObserver;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;
window.scrollTo = () => undefined;

// A message on the console is a fault: a test that expects one says so by a mock of its own.
beforeEach(() => {
  for (const method of ['error', 'warn'] as const) {
    jest.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      throw new Error(`console.${method}: ${args.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});
