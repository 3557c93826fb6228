import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];

/** Where a browser is installed on this machine; undefined where there is none. */
export const BROWSER = PLACES.find((path) => existsSync(path));

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(BROWSER && { executablePath: BROWSER }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
