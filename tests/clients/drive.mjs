// SPDX-FileCopyrightText: 2026 The Peal developers
// SPDX-License-Identifier: GPL-3.0-or-later

// drive.mjs CLIENT BASE KEY SECRET REDIRECT: signs mara.bakes in through CLIENT, refreshes where that client can, reads
// the user, and prints what came of it as one line of JSON.

import { consent } from './browser.mjs';
import { mapHosts } from './hosts.mjs';

const [client, base, key, secret, redirect] = process.argv.slice (2);
const calls = mapHosts (base);
const app = { key, secret, redirect };
const allow = (url) => consent (base, url, 'mara.bakes');
let outcome;

try {
  const { signIn } = await import (`./client-${client}.mjs`);
  outcome = await signIn (app, allow);
} catch (error) {
  outcome = { error: error.code ?? error.error ?? error.name, message: `${error.message}` };
}
console.log (JSON.stringify ({ ...outcome, calls }));
process.exit (0);
