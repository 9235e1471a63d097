/* Preloaded into the program (LD_PRELOAD): makes it die, or a call fail, at one exact point.
 *
 *   FAULT_PATHS    shell pattern of the paths that are looked at; '*' crosses '/'
 *   FAULT_CALLS    of these calls, such as "write rename"; all when it is not set
 *   FAULT_COUNTER  a file of 16 bytes in which the processes of a run count these calls together
 *   FAULT_AT       the call that is struck, counted from 1; 0: none
 *   FAULT_TIMES    it and the next ones, so many; 0: all that follow
 *   FAULT_DO       kill: the process dies before the call; kill-all: the first one dies too, and
 *                  with it the others; torn: half of a write is done before; short: half of it is;
 *                  else a number: the errno with which the call fails
 *   FAULT_LOG      a file that gets a line for every such call: pid, call, path
 *
 * Calls: open (for writing), direct (the same, past the page cache), peek (open for reading),
 * write, sync, rename, close, truncate, remove, mkdir, lock.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PASS = 0, SHORT = -1, TORN = -2 }; /* what strike() answers, or an errno */

static const char* setting(const char* name) {
  const char* value = getenv(name);
  return value ? value : "";
}

static uint64_t* counter;

/* By system calls: what is interposed below must not be used here. */
__attribute__((constructor)) static void begin(void) {
  const int file = (int)syscall(SYS_openat, AT_FDCWD, setting("FAULT_COUNTER"), O_RDWR);
  if (file < 0) return;
  counter = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (counter == MAP_FAILED) abort();
  uint64_t none = 0;
  __atomic_compare_exchange_n(&counter[1], &none, (uint64_t)getpid(), 0, __ATOMIC_SEQ_CST,
                              __ATOMIC_SEQ_CST);
}

static uint64_t count(void) {
  return counter ? __atomic_add_fetch(counter, 1, __ATOMIC_SEQ_CST) : 0;
}

static void note(const char* call, const char* path) {
  const char* log = setting("FAULT_LOG");
  if (!*log) return;
  char line[PATH_MAX + 64];
  const int size = snprintf(line, sizeof line, "%d %s %s\n", getpid(), call, path);
  const int file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT, 0666);
  syscall(SYS_write, file, line, (size_t)size);
  syscall(SYS_close, file);
}

static void die(int all) {
  if (all) kill((pid_t)counter[1], SIGKILL);
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static int is_word_of(const char* word, const char* words) {
  const size_t size = strlen(word);
  for (const char* at = words; (at = strstr(at, word)); at += size)
    if ((at == words || at[-1] == ' ') && (at[size] == ' ' || !at[size])) return 1;
  return 0;
}

static int strike(const char* call, const char* path) {
  const char *calls = setting("FAULT_CALLS"), *what = setting("FAULT_DO");
  const int saved = errno;
  if (fnmatch(setting("FAULT_PATHS"), path, 0) != 0) return errno = saved, PASS;
  if (*calls && !is_word_of(call, calls)) return errno = saved, PASS;
  note(call, path);
  const uint64_t now = count(), at = strtoull(setting("FAULT_AT"), NULL, 10);
  const uint64_t times = strtoull(setting("FAULT_TIMES"), NULL, 10);
  errno = saved;
  if (!at || now < at || (times && now >= at + times)) return PASS;
  if (strcmp(what, "kill") == 0) die(0);
  if (strcmp(what, "kill-all") == 0) die(1);
  if (strcmp(what, "torn") == 0) return TORN;
  if (strcmp(what, "short") == 0) return SHORT;
  return atoi(what);
}

static int strike_file(const char* call, int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const int saved = errno;
  const ssize_t size = readlink(link, path, sizeof path - 1);
  errno = saved;
  if (size < 0) return PASS;
  path[size] = '\0';
  return strike(call, path);
}

#define REAL(result, name, ...)       \
  static result (*real)(__VA_ARGS__); \
  if (!real) *(void**)&real = dlsym(RTLD_NEXT, name)

/* A fault of a call that has no half: short ones are done whole, torn ones are deaths. */
#define FAIL_IF(fault, value)                       \
  do {                                              \
    const int fault_ = (fault);                     \
    if (fault_ == TORN) die(1);                     \
    if (fault_ > 0) return errno = fault_, (value); \
  } while (0)

#define OPEN(name)                                                  \
  int name(const char* path, int flags, ...) {                      \
    REAL(int, #name, const char*, int, ...);                        \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    const mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                   \
    const int writes = flags & (O_WRONLY | O_RDWR | O_CREAT);       \
    const char* call = flags & O_DIRECT ? "direct" : "open";        \
    FAIL_IF(strike(writes ? call : "peek", path), -1);              \
    return real(path, flags, mode);                                 \
  }
OPEN(open)
OPEN(open64)

#define FOPEN(name)                                                      \
  FILE* name(const char* path, const char* mode) {                       \
    REAL(FILE*, #name, const char*, const char*);                        \
    FAIL_IF(strike(strpbrk(mode, "wa+") ? "open" : "peek", path), NULL); \
    return real(path, mode);                                             \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t write(int file, const void* data, size_t size) {
  REAL(ssize_t, "write", int, const void*, size_t);
  const int fault = strike_file("write", file);
  if (fault > 0) return errno = fault, -1;
  const ssize_t done = real(file, data, fault && size > 1 ? size / 2 : size);
  if (fault == TORN) die(1);
  return done;
}

ssize_t writev(int file, const struct iovec* parts, int number) {
  REAL(ssize_t, "writev", int, const struct iovec*, int);
  const int fault = strike_file("write", file);
  if (fault > 0) return errno = fault, -1;
  const ssize_t done = real(file, parts, fault && number > 1 ? number - 1 : number);
  if (fault == TORN) die(1);
  return done;
}

#define PWRITE(name)                                                                    \
  ssize_t name(int file, const void* data, size_t size, off_t offset) {                 \
    REAL(ssize_t, #name, int, const void*, size_t, off_t);                              \
    const int fault = strike_file("write", file);                                       \
    if (fault > 0) return errno = fault, -1;                                            \
    const ssize_t done = real(file, data, fault && size > 1 ? size / 2 : size, offset); \
    if (fault == TORN) die(1);                                                          \
    return done;                                                                        \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define ON_FILE(name, call)               \
  int name(int file) {                    \
    REAL(int, #name, int);                \
    FAIL_IF(strike_file(call, file), -1); \
    return real(file);                    \
  }
ON_FILE(fsync, "sync")
ON_FILE(fdatasync, "sync")

/* As on a network file system: closed, and yet failed. */
int close(int file) {
  REAL(int, "close", int);
  const int fault = strike_file("close", file), done = real(file);
  FAIL_IF(fault, -1);
  return done;
}

int fclose(FILE* stream) {
  REAL(int, "fclose", FILE*);
  const int fault = strike_file("close", fileno(stream)), done = real(stream);
  FAIL_IF(fault, EOF);
  return done;
}

#define TRUNCATE(name)                          \
  int name(int file, off_t size) {              \
    REAL(int, #name, int, off_t);               \
    FAIL_IF(strike_file("truncate", file), -1); \
    return real(file, size);                    \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define ON_PATH(name, call)          \
  int name(const char* path) {       \
    REAL(int, #name, const char*);   \
    FAIL_IF(strike(call, path), -1); \
    return real(path);               \
  }
ON_PATH(unlink, "remove")
ON_PATH(rmdir, "remove")
ON_PATH(remove, "remove")

int unlinkat(int folder, const char* path, int flags) {
  REAL(int, "unlinkat", int, const char*, int);
  FAIL_IF(strike("remove", path), -1);
  return real(folder, path, flags);
}

int rename(const char* from, const char* to) {
  REAL(int, "rename", const char*, const char*);
  FAIL_IF(strike("rename", to), -1);
  return real(from, to);
}

int mkdir(const char* path, mode_t mode) {
  REAL(int, "mkdir", const char*, mode_t);
  FAIL_IF(strike("mkdir", path), -1);
  return real(path, mode);
}

int flock(int file, int operation) {
  REAL(int, "flock", int, int);
  FAIL_IF(strike_file("lock", file), -1);
  return real(file, operation);
}

/* The locks of single files; other commands pass. */
#define FCNTL(name)                                                     \
  int name(int file, int command, ...) {                                \
    REAL(int, #name, int, int, ...);                                    \
    va_list rest;                                                       \
    va_start(rest, command);                                            \
    void* argument = va_arg(rest, void*);                               \
    va_end(rest);                                                       \
    if (command == F_OFD_SETLK) FAIL_IF(strike_file("lock", file), -1); \
    return real(file, command, argument);                               \
  }
FCNTL(fcntl)
FCNTL(fcntl64)
