/** A warning or an error on the console fails the unit test that caused it; one that expects it mocks the console. */
beforeEach(() => {
  for (const method of ['error', 'warn'] as const) {
    jest.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      throw new Error(`console.${method} was called in a test: ${args.map(String).join(' ')}`);
    });
  }
});
