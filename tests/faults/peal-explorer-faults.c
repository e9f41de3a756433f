/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-faults.h"

const PealFault peal_faults[] = {
  { "no fault", PEAL_AT_INIT, PEAL_FAULT_UNREAD, .skip = 1000, .count = 1 },
  { "init never read", PEAL_AT_INIT, PEAL_FAULT_UNREAD, .count = 1 },
  { "init's answer lost", PEAL_AT_INIT, PEAL_FAULT_LOST, .count = 1 },
  { "init's answer lost twice", PEAL_AT_INIT, PEAL_FAULT_LOST, .count = 2 },
  { "init 500", PEAL_AT_INIT, PEAL_FAULT_PRETEND, .count = 1, .status = 500, .body = "<html>oops</html>" },
  { "init at a hotel", PEAL_AT_INIT, PEAL_FAULT_ANSWER, .count = 1, .status = 200, .body = PEAL_PORTAL },
  { "init without address", PEAL_AT_INIT, PEAL_FAULT_PRETEND, .count = 1, .status = 200,
    .body = PEAL_STATUS ("\"publish_id\":\"v_pub_file~v2-1.7\"") },
  { "init 401", PEAL_AT_INIT, PEAL_FAULT_ANSWER, .count = 1, .status = 401,
    .body = PEAL_API_ERROR ("access_token_invalid") },
  { "init taken twice", PEAL_AT_INIT, PEAL_FAULT_TWICE, .count = 1 },
  { "chunk never read", PEAL_AT_CHUNK, PEAL_FAULT_UNREAD, .count = 1 },
  { "chunk's answer lost", PEAL_AT_CHUNK, PEAL_FAULT_LOST, .skip = 1, .count = 1 },
  { "chunk 404", PEAL_AT_CHUNK, PEAL_FAULT_ANSWER, .skip = 1, .count = 1, .status = 404, .body = "" },
  { "chunk 416", PEAL_AT_CHUNK, PEAL_FAULT_ANSWER, .count = 1, .status = 416, .body = "" },
  { "chunk 416 though taken", PEAL_AT_CHUNK, PEAL_FAULT_PRETEND, .count = 1, .status = 416, .body = "" },
  { "chunk 503", PEAL_AT_CHUNK, PEAL_FAULT_ANSWER, .count = 2, .status = 503, .body = "" },
  { "address expired", PEAL_AT_CHUNK, PEAL_FAULT_EXPIRED, .count = 1 },
  { "last chunk never read", PEAL_AT_LAST, PEAL_FAULT_UNREAD, .count = 1 },
  { "last chunk's answer lost", PEAL_AT_LAST, PEAL_FAULT_LOST, .count = 1 },
  { "last chunk 90 s late", PEAL_AT_LAST, PEAL_FAULT_LATE, .count = 1, .delay_s = 90 },
  { "last chunk 70 min late", PEAL_AT_LAST, PEAL_FAULT_LATE, .count = 1, .delay_s = 70 * 60 },
  { "last chunk 404 though whole", PEAL_AT_LAST, PEAL_FAULT_PRETEND, .count = 1, .status = 404, .body = "" },
  { "last chunk 416", PEAL_AT_LAST, PEAL_FAULT_ANSWER, .count = 1, .status = 416, .body = "" },
  { "last chunk 503", PEAL_AT_LAST, PEAL_FAULT_ANSWER, .count = 1, .status = 503, .body = "" },
  { "address expired at the last", PEAL_AT_LAST, PEAL_FAULT_EXPIRED, .count = 1 },
  { "TikTok fails once", PEAL_AT_LAST, PEAL_FAULT_REFUSED, .count = 1 },
  { "status never answered", PEAL_AT_STATUS, PEAL_FAULT_LOST, .count = 2 },
  { "status 401", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 1, .status = 401,
    .body = PEAL_API_ERROR ("access_token_invalid") },
  { "status 429", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 2, .status = 429,
    .body = PEAL_API_ERROR ("rate_limit_exceeded") },
  { "status 500", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 3, .status = 500, .body = "oops" },
  { "status in a new word", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 2, .status = 200,
    .body = PEAL_STATUS ("\"status\":\"IN_THE_STARS\""), .has_no_end = TRUE },
  { "status without a number", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .count = 2, .status = 200,
    .body = PEAL_STATUS ("\"status\":\"PROCESSING_UPLOAD\""), .has_no_end = TRUE },
  { "unknown publish id", PEAL_AT_STATUS, PEAL_FAULT_ANSWER, .status = 400,
    .body = PEAL_API_ERROR ("invalid_publish_id"), .may_need_review = TRUE },
};

const guint peal_n_faults = G_N_ELEMENTS (peal_faults);
