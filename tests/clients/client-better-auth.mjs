// SPDX-FileCopyrightText: 2026 The Peal developers
// SPDX-License-Identifier: GPL-3.0-or-later

import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';

const tables = { user: [], session: [], account: [], verification: [] };

// A jar for the cookies of one browser.
function makeJar ()
{
  const jar = new Map ();

  return {
    take (reply) {
      for (const cookie of reply.headers.getSetCookie ())
        jar.set (cookie.split ('=', 1)[0], cookie.split (';', 1)[0]);
      return reply;
    },
    give: () => ({ Cookie: [...jar.values ()].join ('; '), Origin: 'https://app.example' }),
  };
}

function post (auth, jar, path, body)
{
  return auth.handler (new Request (`https://app.example/api/auth/${path}`, {
    method: 'POST', body: JSON.stringify (body), headers: { 'Content-Type': 'application/json', ...jar.give () } }));
}

export async function signIn (app, allow)
{
  const jar = makeJar ();
  const auth = betterAuth ({
    baseURL: 'https://app.example',
    secret: 'of this test, and of nothing else',
    database: memoryAdapter (tables),
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    socialProviders: { tiktok: { clientKey: app.key, clientSecret: app.secret, scope: ['user.info.basic'] } },
  });
  const begun = jar.take (await post (auth, jar, 'sign-in/social', { provider: 'tiktok', callbackURL: '/done' }));
  const answer = await allow ((await begun.json ()).url);

  if (answer.origin + answer.pathname !== app.redirect)
    throw new Error (`sent back to ${answer}`);
  const done = jar.take (await auth.handler (new Request (answer, { headers: jar.give () })));
  const account = tables.account[0];
  const before = { ...account };

  if (done.headers.get ('Location') !== '/done')
    throw new Error (`sign-in ends at ${done.headers.get ('Location')}`);
  const refreshed = await post (auth, jar, 'refresh-token', { accountId: account.id });
  const tokens = await refreshed.json ();
  return {
    openId: account.accountId,
    name: tables.user[0].name,
    picture: tables.user[0].image,
    isRefreshed: refreshed.status === 200 && tokens.accessToken !== before.accessToken
                 && tokens.refreshToken !== before.refreshToken,
  };
}
