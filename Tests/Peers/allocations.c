/* Counts the calls that allocate memory, in a program that this library is loaded into:
 *
 *   cc -O2 -shared -fPIC -o allocations.so allocations.c -ldl
 *   LD_PRELOAD=./allocations.so ALLOCATIONS=counts.txt program
 *
 * At its end the number stands in the file that ALLOCATIONS names. Weir, in one scenario of two
 * lengths, is compared with itself: see speed.sh. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_long calls;

/* What dlsym itself asks for before the real functions are known. */
static char early[4096];
static size_t used;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

void *malloc(size_t size) {
  static void *(*real)(size_t);
  if (!real) real = next("malloc");
  atomic_fetch_add(&calls, 1);
  return real(size);
}

void *calloc(size_t count, size_t size) {
  static void *(*real)(size_t, size_t);
  static int asking;
  if (!real) {
    if (asking) {
      void *place = early + used;
      used += (count * size + 15) & ~(size_t)15;
      return used <= sizeof early ? place : NULL;
    }
    asking = 1;
    real = next("calloc");
  }
  atomic_fetch_add(&calls, 1);
  return real(count, size);
}

void *realloc(void *place, size_t size) {
  static void *(*real)(void *, size_t);
  if (!real) real = next("realloc");
  atomic_fetch_add(&calls, 1);
  return real(place, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
  static int (*real)(void **, size_t, size_t);
  if (!real) real = next("posix_memalign");
  atomic_fetch_add(&calls, 1);
  return real(place, alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  static void *(*real)(size_t, size_t);
  if (!real) real = next("aligned_alloc");
  atomic_fetch_add(&calls, 1);
  return real(alignment, size);
}

void free(void *place) {
  static void (*real)(void *);
  if ((char *)place >= early && (char *)place < early + sizeof early) return;
  if (!real) real = next("free");
  real(place);
}

__attribute__((destructor)) static void report(void) {
  const char *path = getenv("ALLOCATIONS");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld\n", atomic_load(&calls));
  fclose(file);
}
