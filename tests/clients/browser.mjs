// SPDX-FileCopyrightText: 2026 The Peal developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The person at the browser: opens the authorize address that a client made, fills the form in, and hands back the
// address that the browser would go to next.

import { openPage } from './hosts.mjs';

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain (text)
{
  return text.replace (/&(#x?[0-9a-f]+|[a-z]+);/g, (whole, name) => {
    if (name.startsWith ('#'))
      return String.fromCodePoint (Number (name.replace ('#x', '0x').replace ('#', '')));
    return entities[name] ?? whole;
  });
}

function readForm (html)
{
  const form = new URLSearchParams ();

  for (const [tag] of html.matchAll (/<input [^>]*>/g)) {
    const name = tag.match (/name="([^"]*)"/)?.[1];
    const value = tag.match (/value="([^"]*)"/)?.[1] ?? 'on';
    const isBox = /type="(radio|checkbox)"/.test (tag);

    if (name !== undefined && (!isBox || / checked/.test (tag)) && !/ disabled/.test (tag))
      form.append (plain (name), plain (value));
  }
  return form;
}

// Returns: the address of the app that the server sends the browser to.
export async function consent (base, url, creator)
{
  const asked = new URL (url);
  const page = await openPage (new URL (asked.pathname + asked.search, base));
  const html = await page.text ();

  if (page.status !== 200)
    throw new Error (`the authorize page says ${page.status}: ${html.match (/class="card">([^<]*)/)?.[1]}`);
  const form = readForm (html);
  form.set ('creator', creator);
  form.set ('answer', 'allow');
  const action = new URL (html.match (/action="([^"]*)"/)[1], base);
  const reply = await openPage (action, { method: 'POST', body: form });

  if (reply.status !== 302)
    throw new Error (`the consent form is answered with ${reply.status}`);
  return new URL (reply.headers.get ('Location'));
}
