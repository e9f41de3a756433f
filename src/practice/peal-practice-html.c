/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-html.h"

static const char style[] =
    ":root{color-scheme:light dark;--bg:#fafafa;--fg:#1d1d20;--card:#fff;--line:#d5d5da;--dim:#5b5b63;"
    "--accent:#3a5fc8;--on:#fff}"
    "@media (prefers-color-scheme:dark){:root{--bg:#1d1d20;--fg:#f2f2f4;--card:#2a2a2e;--line:#46464d;"
    "--dim:#b4b4bd;--accent:#8fabff;--on:#10131c}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}"
    "main{max-width:60rem;margin:0 auto;padding:1rem}main.narrow{max-width:30rem}"
    "a{color:var(--accent)}h1{font-size:1.4rem;line-height:1.3;margin:.5rem "
    "0}h2{font-size:1.1rem;margin:.5rem 0}"
    "h3{font-size:1rem;margin:0}"
    ".note,.dim{color:var(--dim)}.dim{font-size:.875rem;margin:.25rem 0}label .dim,form "
    ".dim{display:block;margin:0}"
    ".card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem;margin:1rem 0}"
    ".world{columns:24rem;column-gap:1rem}.world .card{margin:0 0 1rem;break-inside:avoid}"
    ".card h2{margin:0}.card>:last-child{margin-bottom:0}section{margin-top:1rem}"
    ".draft{border-top:1px solid var(--line);margin-top:.75rem;padding-top:.75rem}.draft p{margin:0}"
    ".plain{margin:.5rem 0 0;padding:0;list-style:none;overflow-wrap:anywhere}.plain li+li{margin-top:.75rem}"
    ".strip{display:grid;grid-template-columns:repeat(5,1fr);gap:.5rem;margin-top:.75rem}"
    ".strip>.dim{grid-column:1/-1}.strip img{width:100%;aspect-ratio:9/16;object-fit:cover;border-radius:6px;"
    "display:block;background:var(--line);font-size:.75rem;overflow:hidden}"
    ".row{display:flex;gap:1rem;align-items:center;min-width:0}.row>div{min-width:0;overflow-wrap:anywhere}"
    ".avatar{width:64px;height:64px;border-radius:50%;flex:none}.avatar.small{width:40px;height:40px}"
    ".counts{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 0;padding:0;list-style:none}"
    ".videos{display:grid;grid-template-columns:repeat(auto-fill,minmax(130px,1fr));gap:1rem;padding:0;"
    "list-style:none}"
    ".videos li{min-width:0;overflow-wrap:anywhere;font-size:.875rem}"
    ".videos img{width:100%;aspect-ratio:9/16;object-fit:cover;border-radius:8px;display:block}"
    "label{display:flex;gap:.6rem;align-items:center;min-height:44px;overflow-wrap:anywhere}"
    ".draft label{min-height:0;margin:.75rem 0 .25rem}"
    "fieldset label{margin:.25rem 0}"
    "input[type=checkbox],input[type=radio]{width:1.2rem;height:1.2rem;flex:none;accent-color:var(--accent)}"
    "select,input[type=text]{font:inherit;width:100%;min-height:44px;padding:.4rem .6rem;border-radius:8px;"
    "border:1px solid var(--line);background:var(--bg);color:var(--fg)}"
    "button{font:inherit;font-weight:600;min-height:44px;padding:.5rem 1.25rem;border-radius:999px;"
    "border:1px solid var(--line);background:var(--card);color:var(--fg);cursor:pointer}"
    "button.main{background:var(--accent);border-color:var(--accent);color:var(--on)}"
    ":focus-visible{outline:3px solid var(--accent);outline-offset:2px}"
    ".buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1rem}fieldset{border:0;padding:0;margin:1rem "
    "0}"
    "legend{font-weight:600;padding:0}";

void
peal_practice_html_text (GString *html, const char *text)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);

  g_string_append (html, safe);
}

void
peal_practice_html_open (GString *html, const char *title)
{
  g_string_append (html, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
  peal_practice_html_text (html, title);
  g_string_append (html, "</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body>");
}

void
peal_practice_html_close (GString *html)
{
  g_string_append (html, "</body></html>\n");
}

void
peal_practice_html_hidden (GString *html, const char *name, const char *value)
{
  g_string_append_printf (html, "<input type=\"hidden\" name=\"%s\" value=\"", name);
  peal_practice_html_text (html, value);
  g_string_append (html, "\">");
}

const char *
peal_practice_html_get_style (void)
{
  return style;
}
