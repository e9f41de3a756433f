// SPDX-FileCopyrightText: 2026 The Peal developers
// SPDX-License-Identifier: GPL-3.0-or-later

import { TikTok, generateCodeVerifier, generateState } from 'arctic';

// arctic has no call for the user; its documentation has the application read it with fetch.
async function readUser (accessToken)
{
  const reply = await fetch ('https://open.tiktokapis.com/v2/user/info/?fields=open_id,display_name,avatar_url',
                             { headers: { Authorization: `Bearer ${accessToken}` } });

  return (await reply.json ()).data.user;
}

export async function signIn (app, allow)
{
  const tiktok = new TikTok (app.key, app.secret, app.redirect);
  const state = generateState ();
  const verifier = generateCodeVerifier ();
  const url = tiktok.createAuthorizationURL (state, verifier, ['user.info.basic', 'user.info.profile']);
  const answer = await allow (url);

  if (answer.searchParams.get ('state') !== state)
    throw new Error ('the state differs');
  const first = await tiktok.validateAuthorizationCode (answer.searchParams.get ('code'), verifier);
  const second = await tiktok.refreshAccessToken (first.refreshToken ());
  const user = await readUser (second.accessToken ());
  let again = null;

  await tiktok.refreshAccessToken (first.refreshToken ()).catch ((error) => { again = error.code; });
  await tiktok.revokeToken (second.accessToken ());
  return {
    openId: user.open_id,
    name: user.display_name,
    lifetime: Math.round ((first.accessTokenExpiresAt () - Date.now ()) / 1000),
    isRefreshed: first.accessToken () !== second.accessToken () && first.refreshToken () !== second.refreshToken (),
    oldRefreshToken: again,
    isRevoked: true,
  };
}
