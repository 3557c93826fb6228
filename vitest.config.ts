import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/scratch.ts',
    // Many tests wait for servers, processes or a browser, so every core has a worker.
    maxWorkers: '100%',
    // The test files of a worker share the modules: to load them anew for each takes a third of the processor time. So
    // a test puts back what it changes outside itself (clocks, spies), and no module keeps what a test could see.
    isolate: false,
    // Generous: nothing here measures time, and CI machines can be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
