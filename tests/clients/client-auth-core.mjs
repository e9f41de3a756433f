// SPDX-FileCopyrightText: 2026 The Peal developers
// SPDX-License-Identifier: GPL-3.0-or-later

import { Auth } from '@auth/core';
import TikTok from '@auth/core/providers/tiktok';

const cookies = new Map ();

// Its provider for TikTok refreshes nothing by itself.
function configure (app, seen)
{
  return {
    secret: 'of this test, and of nothing else',
    trustHost: true,
    logger: { error: (error) => { seen.error = error; }, warn: () => {}, debug: () => {} },
    providers: [TikTok ({ clientId: app.key, clientSecret: app.secret, checks: ['pkce', 'state'],
                          authorization: authorization (app) })],
    callbacks: {
      jwt: ({ token, account, profile }) => {
        if (account)
          Object.assign (seen, { account, profile });
        return token;
      },
    },
  };
}

// Auth.js makes up its callback address itself, without a slash at its end; where another is registered, the
// application says so here, and `correct` in the token request.
function authorization (app)
{
  return { url: 'https://www.tiktok.com/v2/auth/authorize',
           params: { client_key: app.key, scope: 'user.info.basic', redirect_uri: app.redirect } };
}

function correct (app)
{
  const mapped = globalThis.fetch;

  globalThis.fetch = async (input, init) => {
    if (!`${input}`.endsWith ('/token/'))
      return mapped (input, init);
    const body = new URLSearchParams (init.body);

    body.set ('redirect_uri', app.redirect);
    return mapped (input, { ...init, body: body.toString () });
  };
}

async function visit (config, url, options = {})
{
  const headers = { ...options.headers, Cookie: [...cookies.values ()].join ('; ') };
  const reply = await Auth (new Request (url, { ...options, headers }), config);

  for (const cookie of reply.headers.getSetCookie ())
    cookies.set (cookie.split ('=', 1)[0], cookie.split (';', 1)[0]);
  return reply;
}

export async function signIn (app, allow)
{
  const seen = {};
  const config = configure (app, seen);

  correct (app);
  const { csrfToken } = await (await visit (config, 'https://app.example/auth/csrf')).json ();
  const begun = await visit (config, 'https://app.example/auth/signin/tiktok', {
    method: 'POST', body: new URLSearchParams ({ csrfToken }),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  const answer = await allow (begun.headers.get ('Location'));

  await visit (config, `https://app.example/auth/callback/tiktok${answer.search}`);
  if (seen.error !== undefined)
    throw Object.assign (new Error (`${seen.error.cause?.err?.message ?? seen.error.message}`),
                         { code: seen.error.cause?.err?.error ?? seen.error.name });
  const session = await (await visit (config, 'https://app.example/auth/session')).json ();
  return { openId: seen.account.providerAccountId, name: session.user.name, picture: session.user.image,
           hasTokens: seen.account.access_token.startsWith ('act.') };
}
