// SPDX-FileCopyrightText: 2026 The Peal developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Sends what is meant for TikTok's hosts to the practice server instead, whether a client uses fetch or node:https,
// and keeps everything else from leaving this computer. Nothing but the host of a request is changed.

import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const hosts = ['www.tiktok.com', 'open.tiktokapis.com'];
const plainFetch = globalThis.fetch;

function elsewhere (base, url)
{
  if (!hosts.includes (url.hostname))
    throw new Error (`${url.hostname} is none of TikTok's hosts`);
  return new URL (url.pathname + url.search, base);
}

async function describe (url, reply)
{
  const fault = reply.ok ? {} : await reply.clone ().json ();

  return [url.pathname, reply.status, fault.error_description].filter ((part) => part).join (' ');
}

// Returns: what was asked for and how it was answered, as it comes: "/v2/oauth/token/ 200".
export function mapHosts (base)
{
  const target = new URL (base);
  const calls = [];

  globalThis.fetch = async (input, init) => {
    const request = new Request (input, init);
    const url = elsewhere (target, new URL (request.url));
    const reply = await plainFetch (new Request (url, request));

    calls.push (await describe (url, reply));
    return reply;
  };
  https.request = (options, callback) => {
    const url = elsewhere (target, new URL (`https://${options.host}${options.path}`));
    const headers = { ...options.headers, Host: target.host };
    const request = http.request (url, { method: options.method, headers }, callback);

    return request.on ('response', (reply) => calls.push (`${url.pathname} ${reply.statusCode}`));
  };
  syncBuiltinESMExports ();
  return calls;
}

// For the browser of the test, which knows where the server really is.
export function openPage (url, options = {})
{
  return plainFetch (url, { redirect: 'manual', ...options });
}
