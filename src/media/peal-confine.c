/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-confine.h"

#include <glib-unix.h>
#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* The sanitizers reserve terabytes of address space. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#  define MAX_ADDRESS_SPACE (G_GUINT64_CONSTANT (2) << 30)
#else
#  define MAX_ADDRESS_SPACE RLIM_INFINITY
#endif

static gboolean
limit (int resource, rlim_t most)
{
  struct rlimit limit = { .rlim_cur = most, .rlim_max = most };
  struct rlimit old;

  /* A limit that is lower already stays, only root could raise it. */
  if (getrlimit ((__rlimit_resource_t)resource, &old) == 0 && old.rlim_max < most)
    limit.rlim_cur = limit.rlim_max = old.rlim_max;
  return setrlimit ((__rlimit_resource_t)resource, &limit) == 0;
}

gboolean
peal_confine (int fd)
{
#ifdef M_ARENA_MAX
  /* The threads of a decoder would else take 64 MiB of the address space each, before they need any. */
  mallopt (M_ARENA_MAX, 2);
#endif
  /* A write beyond the limit of 0 bytes fails instead of killing. */
  signal (SIGXFSZ, SIG_IGN);
  return g_closefrom (MAX (fd, STDERR_FILENO) + 1) == 0 && chdir ("/") == 0
         && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit (RLIMIT_AS, MAX_ADDRESS_SPACE)
         && limit (RLIMIT_CPU, 10) && limit (RLIMIT_FSIZE, 0) && limit (RLIMIT_NOFILE, 64)
         && limit (RLIMIT_CORE, 0);
}
