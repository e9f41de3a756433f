// SPDX-FileCopyrightText: 2026 The Peal developers
// SPDX-License-Identifier: GPL-3.0-or-later

import passport from 'passport-tiktok-auth';

const scope = ['user.info.basic', 'user.info.profile', 'user.info.stats'];

// What passport itself does with a strategy: one request, one of four ways to end it.
function authenticate (strategy, request)
{
  return new Promise ((resolve, reject) => {
    const run = Object.create (strategy);

    Object.assign (run, { redirect: resolve, success: resolve, error: reject,
                          fail: (why) => reject (new Error (why?.message ?? `${why}`)) });
    run.authenticate (request, {});
  });
}

export async function signIn (app, allow)
{
  const options = { clientID: app.key, clientSecret: app.secret, callbackURL: app.redirect, scope, state: true };
  let tokens;
  const strategy = new passport.Strategy (options, (accessToken, refreshToken, profile, done) => {
    tokens = { accessToken, refreshToken };
    done (null, profile);
  });
  const session = {};
  const url = await authenticate (strategy, { query: {}, session });
  const answer = await allow (url);
  const profile = await authenticate (strategy, { query: Object.fromEntries (answer.searchParams), session });

  return { openId: profile.id, name: profile.displayName, username: profile.username,
           followers: profile.followerCount, picture: profile._json.data.user.avatar_url_200,
           hasTokens: tokens.accessToken.startsWith ('act.') && tokens.refreshToken.startsWith ('rft.') };
}
