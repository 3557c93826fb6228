import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Generous: nothing here measures time, and CI machines can be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
