// Signals of a full-screen program. Handlers do nothing but what is safe in them: they set a bit,
// write a byte, and, on the way to a crash, bring the terminal back.

#include "internal.h"
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static const int handled[] = {
  SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGQUIT,
};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SIGNALS 64

static struct sigaction previous[SIGNALS];
static bool is_installed[SIGNALS];
static _Atomic uint64_t pending;
static atomic_int unheard[SIGNALS];

static atomic_int read_end = -1, write_end = -1;

static struct termios modes;
static atomic_bool has_modes, is_taken;
static char farewell[512];
static size_t farewell_count;

static void set_flags(int fd) {
  fcntl(fd, F_SETFD, fcntl(fd, F_GETFD) | FD_CLOEXEC);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

bool ct_open_pipe(void) {
  if (atomic_load(&read_end) >= 0) return true;
  int ends[2];
  if (pipe(ends) != 0) return false;
  set_flags(ends[0]);
  set_flags(ends[1]);
  atomic_store(&read_end, ends[0]);
  atomic_store(&write_end, ends[1]);
  return true;
}

int ct_pipe_fd(void) { return atomic_load(&read_end); }

void ct_drain_pipe(void) {
  char bytes[256];
  while (read(atomic_load(&read_end), bytes, sizeof bytes) > 0) {
  }
}

void ct_wake(void) {
  int fd = atomic_load(&write_end);
  if (fd < 0) return;
  // A full pipe wakes as well as one byte more would.
  ssize_t written = write(fd, "w", 1);
  (void)written;
}

bool ct_save_modes(void) {
  farewell_count = 0;
  if (tcgetattr(ct_input_fd, &modes) != 0) return false;
  atomic_store(&has_modes, true);
  return true;
}

void ct_add_farewell(const char *bytes, size_t count) {
  if (count > sizeof farewell - farewell_count) return;
  memcpy(farewell + farewell_count, bytes, count);
  farewell_count += count;
}

void ct_set_taken(bool taken) { atomic_store(&is_taken, taken); }

void ct_restore_modes(void) {
  if (atomic_load(&has_modes)) tcsetattr(ct_input_fd, TCSANOW, &modes);
}

/// Brings the terminal back; safe in a signal handler.
static void bring_back(void) {
  if (!atomic_exchange(&is_taken, false)) return;
  // In the background, setting modes would stop a process that is about to die.
  signal(SIGTTOU, SIG_IGN);
  ct_restore_modes();
  // A terminal that takes no bytes shall not keep a dying process.
  struct pollfd ready = {.fd = ct_output_fd, .events = POLLOUT};
  if (poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT)) {
    ssize_t written = write(ct_output_fd, farewell, farewell_count);
    (void)written;
  }
}

static bool ends_process(int number) {
  return number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT;
}

static void note(int number) {
  int saved = errno;
  atomic_fetch_or(&pending, UINT64_C(1) << number);
  int count = atomic_fetch_add(&unheard[number], 1) + 1;
  ct_wake();
  // Nobody listens: the loop may hang in a write to a stopped terminal.
  if (ends_process(number) && count > 2) {
    bring_back();
    signal(number, SIG_DFL);
    raise(number);
  }
  errno = saved;
}

static void crash(int number, siginfo_t *info, void *context) {
  (void)context;
  bring_back();
  sigaction(number, &previous[number], NULL);
  // A fault happens again on return, with its registers intact for whoever handled it before.
  bool happens_again = info != NULL && info->si_code > 0 && number != SIGTRAP && number != SIGABRT;
  if (!happens_again) raise(number);
}

static void install(int number, const struct sigaction *action) {
  if (is_installed[number]) return;
  sigaction(number, NULL, &previous[number]);
  // What the parent told us to ignore stays ignored (nohup, a background job of a script).
  bool is_plain = !(previous[number].sa_flags & SA_SIGINFO);
  if (is_plain && previous[number].sa_handler == SIG_IGN) return;
  is_installed[number] = sigaction(number, action, NULL) == 0;
}

void ct_install_handlers(void) {
  struct sigaction noting = {.sa_handler = note, .sa_flags = SA_RESTART};
  sigfillset(&noting.sa_mask);
  for (size_t i = 0; i < COUNT(handled); i++) install(handled[i], &noting);
  struct sigaction crashing = {.sa_sigaction = crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&crashing.sa_mask);
  for (size_t i = 0; i < COUNT(crashes); i++) install(crashes[i], &crashing);
  static bool is_registered;
  if (!is_registered) is_registered = atexit(bring_back) == 0;
}

void ct_remove_handlers(void) {
  for (int number = 1; number < SIGNALS; number++) {
    if (!is_installed[number]) continue;
    sigaction(number, &previous[number], NULL);
    is_installed[number] = false;
  }
}

uint64_t ct_take_signals(void) {
  uint64_t taken = atomic_exchange(&pending, 0);
  for (size_t i = 0; i < COUNT(handled); i++) {
    if (taken >> handled[i] & 1) atomic_store(&unheard[handled[i]], 0);
  }
  return taken;
}

void ct_stop_process(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
  sigset_t stop;
  sigemptyset(&standard.sa_mask);
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGTSTP, &standard, &ours);
  pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
  // Returns at once where nobody could continue us (an orphaned process group).
  raise(SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

int32_t ct_run(char *const arguments[], char *const variables[]) {
  // The child starts with the signals of a fresh program, not with ours.
  sigset_t none, standard;
  sigemptyset(&none);
  sigemptyset(&standard);
  for (size_t i = 0; i < COUNT(handled); i++) sigaddset(&standard, handled[i]);
  sigaddset(&standard, SIGPIPE);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &standard);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child;
  int failure = posix_spawnp(&child, arguments[0], NULL, &attributes, arguments, variables);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) {
    errno = failure;
    return -1;
  }
  for (;;) {
    int status = 0;
    if (waitpid(child, &status, WUNTRACED) < 0) {
      if (errno == EINTR) continue;
      return -1;
    }
    if (!WIFSTOPPED(status)) return status;
    ct_stop_process();
    kill(child, SIGCONT);
  }
}
