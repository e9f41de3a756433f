/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-captions.h"

#include "peal-practice-random.h"

typedef struct
{
  const char *topic;
  const char *things[12];
  const char *twists[12];
  const char *tags[8];
} Topic;

/* Each list is full, so that a draw never meets NULL. */
static const Topic topics[] = {
  { "baking",
    { "Rye bread", "Sourdough", "Cardamom buns", "Focaccia", "A plum cake", "Spelt rolls", "Baguettes",
      "Brioche", "Cinnamon knots", "Flatbread", "A birthday cake", "Oat biscuits" },
    { "in four steps", "without kneading", "that my grandmother made", "at 5 in the morning",
      "and what went wrong", "for two", "with what was left", "in a cold kitchen", "slow, then fast",
      "on a Sunday", "from yesterday's dough", "with too much butter" },
    { "#baking", "#bread", "#sourdough", "#homemade", "#kitchen", "#slowfood", "#bäckerei", "#breadtok" } },
  { "cycling",
    { "Gravel", "The long climb", "A wet commute", "Forest roads", "The old railway line", "200 km",
      "A broken chain", "The first ride", "Night riding", "A ferry and a hill", "Cobbles", "The way home" },
    { "in the rain", "before breakfast", "with a flat tyre", "and one very good coffee", "without a map",
      "on old tyres", "with a head wind", "in one take", "for the third time", "and back", "with no plan",
      "at minus two" },
    { "#cycling", "#gravel", "#bikepacking", "#commute", "#roadbike", "#outside", "#radfahren", "#bike" } },
  { "drawing",
    { "A hand", "My neighbour's cat", "The harbour", "An old chair", "Rain on glass", "A face from memory",
      "Twenty trees", "The night bus", "A teapot", "My desk", "Everyone on the train", "A crow" },
    { "in one line", "in sixty seconds", "with the wrong hand", "in ink", "from above", "in three colours",
      "without looking", "that took a week", "on a receipt", "day 112", "before it moved",
      "and the mistake I kept" },
    { "#drawing", "#sketchbook", "#ink", "#dailysketch", "#art", "#vẽ", "#illustration", "#process" } },
  { "stories",
    { "The stranger on platform 4", "A letter that came back", "My first landlord", "The dog who knew",
      "Two keys", "What the baker said", "A wrong number", "The last bus", "My aunt's radio",
      "The summer without rain", "A photograph", "The man who counted" },
    { "part one", "part two", "and how it ended", "in one minute", "as told to me", "with a twist",
      "for a rainy day", "I never told anyone", "from 1998", "and nobody asked", "told twice",
      "in one breath" },
    { "#story", "#storytime", "#truestory", "#onetake", "#oneminute", "#listen", "#part1", "#erzählt" } },
};

static const Topic *
find_topic (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    if (g_str_equal (topics[i].topic, name))
      return &topics[i];
  return &topics[0];
}

char *
peal_practice_caption (const char *name, guint64 key)
{
  const Topic *topic = find_topic (name);
  const char *thing = topic->things[peal_practice_key_range (key, 11, 0, 11)];
  const char *twist = topic->twists[peal_practice_key_range (key, 12, 0, 11)];
  const char *tag = topic->tags[peal_practice_key_range (key, 13, 0, 3)];
  const char *other = topic->tags[peal_practice_key_range (key, 14, 4, 7)];

  return g_strdup_printf ("%s %s %s %s", thing, twist, tag, other);
}
