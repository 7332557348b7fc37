// The screen and the keyboard, through ncurses in its wide form.

#include "internal.h"
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include "CTerminal.h"

#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#include <ncursesw/term.h>
#else
#include <curses.h>
#include <term.h>
#endif
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

int ct_input_fd = -1, ct_output_fd = -1;

static SCREEN *screen;
static FILE *input_file;
/// Keys are read through a pad: reading through a window would also refresh it.
static WINDOW *keyboard;
static bool can_paste;

bool ct_adopt_locale(void) {
  if (setlocale(LC_CTYPE, "") == NULL) {
    const char *names[] = {getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")};
    for (int i = 0; i < 3; i++) {
      if (names[i] == NULL || names[i][0] == '\0') continue;
      if (strcasestr(names[i], "UTF-8") || strcasestr(names[i], "UTF8"))
        setlocale(LC_CTYPE, "C.UTF-8");
      break;
    }
  }
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/// A capability of the terminal as bytes without padding; null where it has none.
static const char *capability(const char *name, char *buffer, size_t size) {
  const char *value = tigetstr((char *)name);
  if (value == NULL || value == (char *)-1) return NULL;
  size_t count = 0;
  for (const char *byte = value; *byte != '\0' && count + 1 < size; byte++) {
    if (byte[0] == '$' && byte[1] == '<' && strchr(byte, '>') != NULL)
      byte = strchr(byte, '>');
    else
      buffer[count++] = *byte;
  }
  buffer[count] = '\0';
  return buffer;
}

/// Whether pasted text can be told from typed text (DEC private mode 2004).
static bool marks_pastes(const char *term) {
  static const char *const families[] = {
    "xterm", "screen", "tmux", "rxvt", "alacritty", "kitty", "foot", "wezterm", "ghostty", "vte",
    "st-", "konsole", "gnome", "iterm",
  };
  for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
    if (strncmp(term, families[i], strlen(families[i])) == 0) return true;
  }
  return false;
}

static void mark_pastes(bool on) {
  if (!can_paste) return;
  ssize_t written = write(ct_output_fd, on ? "\033[?2004h" : "\033[?2004l", 8);
  (void)written;
}

/// Sets the modes that curses leaves alone: ctrl-s, ctrl-q, ctrl-v and ctrl-o are keys.
static void set_modes(void) {
  struct termios modes;
  if (tcgetattr(ct_input_fd, &modes) != 0) return;
  modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
  modes.c_lflag &= ~(tcflag_t)IEXTEN;
  tcsetattr(ct_input_fd, TCSANOW, &modes);
  def_prog_mode();
}

static void prepare_farewell(void) {
  static const char *const names[] = {"sgr0", "op", "rmkx", "cnorm", "rmcup"};
  char buffer[96];
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    const char *bytes = capability(names[i], buffer, sizeof buffer);
    if (bytes != NULL) ct_add_farewell(bytes, strlen(bytes));
  }
  if (can_paste) ct_add_farewell("\033[?2004l", 8);
}

static bool open_terminal(void) {
  if (!isatty(STDOUT_FILENO)) return false;
  ct_output_fd = STDOUT_FILENO;
  if (isatty(STDIN_FILENO)) {
    ct_input_fd = STDIN_FILENO;
    input_file = stdin;
    return true;
  }
  int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  input_file = fdopen(fd, "r");
  if (input_file == NULL) {
    close(fd);
    return false;
  }
  ct_input_fd = fd;
  return true;
}

static void close_terminal(void) {
  if (input_file != NULL && input_file != stdin) fclose(input_file);
  input_file = NULL;
  ct_input_fd = ct_output_fd = -1;
}

static int32_t fail(int32_t reason) {
  close_terminal();
  return reason;
}

int32_t ct_start(const char *term) {
  if (screen != NULL) return CT_STARTED;
  if (!open_terminal()) return fail(CT_NOT_A_TERMINAL);
  int found = 0;
  char buffer[96];
  if (term == NULL || term[0] == '\0') return fail(CT_UNKNOWN_TERM);
  if (setupterm((char *)term, ct_output_fd, &found) != OK)
    return fail(found == 1 ? CT_INCAPABLE_TERM : CT_UNKNOWN_TERM);
  if (capability("cup", buffer, sizeof buffer) == NULL) return fail(CT_INCAPABLE_TERM);
  if (!ct_open_pipe() || !ct_save_modes()) return fail(CT_SYSTEM_ERROR);
  can_paste = marks_pastes(term);
  prepare_farewell();
  ct_take_signals();
  ct_install_handlers();
  ct_set_taken(true);
  set_escdelay(25);
  screen = newterm((char *)term, stdout, input_file);
  keyboard = screen == NULL ? NULL : newpad(1, 1);
  if (keyboard == NULL) {
    int reason = errno;
    ct_stop();
    errno = reason;
    return CT_SYSTEM_ERROR;
  }
  cbreak();
  noecho();
  nonl();
  set_modes();
  // Never leave a screen half drawn because a key arrived.
  typeahead(-1);
  keypad(keyboard, TRUE);
  nodelay(keyboard, TRUE);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  mark_pastes(true);
  return CT_STARTED;
}

void ct_stop(void) {
  if (ct_output_fd < 0) return;
  mark_pastes(false);
  if (keyboard != NULL) delwin(keyboard);
  keyboard = NULL;
  if (screen != NULL) {
    endwin();
    delscreen(screen);
  }
  screen = NULL;
  ct_restore_modes();
  ct_set_taken(false);
  ct_remove_handlers();
  close_terminal();
}

void ct_suspend(void) {
  mark_pastes(false);
  endwin();
  ct_restore_modes();
  ct_set_taken(false);
}

void ct_resume(void) {
  ct_set_taken(true);
  reset_prog_mode();
  mark_pastes(true);
  clearok(curscr, TRUE);
  doupdate();
}

void ct_size(int32_t *width, int32_t *height) {
  struct winsize size = {0};
  bool is_known = ioctl(ct_output_fd, TIOCGWINSZ, &size) == 0;
  if (is_known && size.ws_row > 0 && size.ws_col > 0 && is_term_resized(size.ws_row, size.ws_col))
    resizeterm(size.ws_row, size.ws_col);
  getmaxyx(stdscr, *height, *width);
}

int32_t ct_colors(void) { return has_colors() ? COLORS : 0; }

int32_t ct_pair_limit(void) { return has_colors() ? COLOR_PAIRS : 1; }

bool ct_define_pair(int32_t pair, int32_t foreground, int32_t background) {
  return init_pair((short)pair, (short)foreground, (short)background) == OK;
}

void ct_put(
  int32_t row, int32_t column, const uint32_t *scalars, int32_t count, uint32_t attributes,
  int32_t pair
) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  for (int i = 0; i < count && i < CCHARW_MAX; i++) text[i] = (wchar_t)scalars[i];
  attr_t look = A_NORMAL;
  if (attributes & CT_BOLD) look |= A_BOLD;
  if (attributes & CT_FAINT) look |= A_DIM;
  if (attributes & CT_UNDERLINE) look |= A_UNDERLINE;
  if (attributes & CT_REVERSE) look |= A_REVERSE;
  cchar_t cell;
  if (setcchar(&cell, text, look, (short)pair, NULL) != OK) return;
  mvadd_wchnstr(row, column, &cell, 1);
}

void ct_erase(void) {
  werase(stdscr);
  clearok(curscr, TRUE);
}

void ct_cursor(int32_t row, int32_t column, bool is_visible) {
  curs_set(is_visible ? 1 : 0);
  if (is_visible) wmove(stdscr, row, column);
}

void ct_flush(void) {
  wnoutrefresh(stdscr);
  doupdate();
}

int32_t ct_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

uint32_t ct_wait(int32_t milliseconds) {
  struct pollfd ready[] = {
    {.fd = ct_input_fd, .events = POLLIN},
    {.fd = ct_pipe_fd(), .events = POLLIN},
  };
  int count = poll(ready, 2, milliseconds);
  if (count < 0) return errno == EINTR || errno == EAGAIN ? CT_WOKEN : CT_HUNG_UP;
  uint32_t answer = 0;
  if (ready[0].revents & POLLIN) answer |= CT_INPUT;
  if (ready[0].revents & (POLLHUP | POLLERR | POLLNVAL)) answer |= CT_HUNG_UP;
  if (ready[1].revents & POLLIN) {
    ct_drain_pipe();
    answer |= CT_WOKEN;
  }
  return answer;
}

struct named_key {
  int code;
  int32_t key;
};

static const struct named_key named_keys[] = {
  {KEY_UP, CT_KEY_UP},          {KEY_DOWN, CT_KEY_DOWN},       {KEY_LEFT, CT_KEY_LEFT},
  {KEY_RIGHT, CT_KEY_RIGHT},    {KEY_SR, CT_KEY_UP},           {KEY_SF, CT_KEY_DOWN},
  {KEY_SLEFT, CT_KEY_LEFT},     {KEY_SRIGHT, CT_KEY_RIGHT},    {KEY_HOME, CT_KEY_HOME},
  {KEY_SHOME, CT_KEY_HOME},     {KEY_FIND, CT_KEY_HOME},       {KEY_A1, CT_KEY_HOME},
  {KEY_END, CT_KEY_END},        {KEY_SEND, CT_KEY_END},        {KEY_SELECT, CT_KEY_END},
  {KEY_C1, CT_KEY_END},         {KEY_PPAGE, CT_KEY_PAGE_UP},   {KEY_A3, CT_KEY_PAGE_UP},
  {KEY_NPAGE, CT_KEY_PAGE_DOWN}, {KEY_C3, CT_KEY_PAGE_DOWN},   {KEY_IC, CT_KEY_INSERT},
  {KEY_DC, CT_KEY_DELETE},      {KEY_SDC, CT_KEY_DELETE},      {KEY_BACKSPACE, CT_KEY_BACKSPACE},
  {KEY_ENTER, CT_KEY_ENTER},    {KEY_BTAB, CT_KEY_BACK_TAB},
};

/// Keys with modifiers, which terminfo names by a stem and xterm's digit for the modifier.
static const struct {
  const char *stem;
  int32_t key;
} stems[] = {
  {"kUP", CT_KEY_UP},      {"kDN", CT_KEY_DOWN},     {"kLFT", CT_KEY_LEFT},
  {"kRIT", CT_KEY_RIGHT},  {"kHOM", CT_KEY_HOME},    {"kEND", CT_KEY_END},
  {"kPRV", CT_KEY_PAGE_UP}, {"kNXT", CT_KEY_PAGE_DOWN}, {"kIC", CT_KEY_INSERT},
  {"kDC", CT_KEY_DELETE},
};

static struct ct_input modified_key(const char *name) {
  struct ct_input input = {.kind = CT_OTHER};
  for (size_t i = 0; name != NULL && i < sizeof stems / sizeof stems[0]; i++) {
    size_t length = strlen(stems[i].stem);
    if (strncmp(name, stems[i].stem, length) != 0) continue;
    // 2 is shift, and one less than the digit counts shift as 1, alt as 2, control as 4.
    int modifiers = name[length] == '\0' ? 1 : name[length] - '1';
    if (modifiers < 1 || modifiers > 7) return input;
    input.kind = CT_KEY;
    input.value = stems[i].key;
    input.is_alt = modifiers & 2;
    input.is_control = modifiers & 4;
  }
  return input;
}

struct ct_input ct_read(void) {
  struct ct_input input = {.kind = CT_NOTHING};
  int code = wgetch(keyboard);
  if (code == ERR) return input;
  input.kind = CT_BYTE;
  input.value = code;
  if (code < KEY_MIN) return input;
  input.kind = CT_OTHER;
  if (code > KEY_MAX) return modified_key(keyname(code));
  if (code >= KEY_F(1) && code <= KEY_F(63)) {
    input.kind = CT_KEY;
    input.value = CT_KEY_FUNCTION + code - KEY_F0;
  }
  for (size_t i = 0; i < sizeof named_keys / sizeof named_keys[0]; i++) {
    if (named_keys[i].code != code) continue;
    input.kind = CT_KEY;
    input.value = named_keys[i].key;
  }
  return input;
}
