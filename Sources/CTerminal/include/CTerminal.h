// A narrow door to ncurses and to the signals of a full-screen program.
//
// Everything but ct_wake belongs to one thread, the one that called ct_start; ncurses knows
// no other way. No curses header is included here, so none of its names reaches Swift.

#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/// What ct_start answers.
enum {
  CT_STARTED = 0,
  /// Standard output is no terminal, or there is none to read from.
  CT_NOT_A_TERMINAL = 1,
  /// The terminal's name is not in the terminfo database.
  CT_UNKNOWN_TERM = 2,
  /// The terminal cannot place its cursor.
  CT_INCAPABLE_TERM = 3,
  /// A system call failed; errno says which way.
  CT_SYSTEM_ERROR = 4,
};

/// What ct_wait answers, as bits.
enum {
  /// There are keys to read.
  CT_INPUT = 1,
  /// ct_wake was called or a signal came.
  CT_WOKEN = 2,
  /// The terminal is gone.
  CT_HUNG_UP = 4,
};

/// Attributes of a cell, as bits.
enum {
  CT_BOLD = 1,
  CT_FAINT = 2,
  CT_UNDERLINE = 4,
  CT_REVERSE = 8,
};

/// What ct_read found.
enum {
  /// Nothing is left.
  CT_NOTHING = 0,
  /// A byte as the terminal sent it.
  CT_BYTE = 1,
  /// A key with a name; the value is one of CT_KEY_*.
  CT_KEY = 2,
  /// Something that is no key of ours.
  CT_OTHER = 3,
};

/// Keys with a name; CT_KEY_FUNCTION + n is function key n.
enum {
  CT_KEY_UP = 1,
  CT_KEY_DOWN,
  CT_KEY_LEFT,
  CT_KEY_RIGHT,
  CT_KEY_HOME,
  CT_KEY_END,
  CT_KEY_PAGE_UP,
  CT_KEY_PAGE_DOWN,
  CT_KEY_INSERT,
  CT_KEY_DELETE,
  CT_KEY_BACKSPACE,
  CT_KEY_ENTER,
  CT_KEY_BACK_TAB,
  CT_KEY_FUNCTION = 100,
};

/// Something read from the terminal.
struct ct_input {
  /// One of CT_NOTHING, CT_BYTE, CT_KEY, CT_OTHER.
  int32_t kind;
  /// The byte or the key.
  int32_t value;
  /// Whether control was held.
  bool is_control;
  /// Whether alt was held.
  bool is_alt;
};

/// Adopts the character encoding that the environment names; true when it is UTF-8.
///
/// A UTF-8 locale that is not installed counts as C.UTF-8. Call it before threads start.
bool ct_adopt_locale(void);

/// Takes the terminal over; `term` is the value of TERM, or null.
int32_t ct_start(const char *term);
/// Gives the terminal and the signals back. Does nothing when none is taken.
void ct_stop(void);
/// Gives the terminal back for a while.
void ct_suspend(void);
/// Takes it over again; everything has to be drawn anew.
void ct_resume(void);
/// Stops the process as ctrl-z does, and returns when it is continued.
void ct_stop_process(void);

/// Runs a program in the foreground, with these variables, and returns its wait status; -1 where it
/// cannot start.
///
/// The program shares our process group, so that it may read the terminal; when it stops, so do
/// we. Call it between ct_suspend and ct_resume.
int32_t ct_run(char *const arguments[], char *const variables[]);

/// Reads the size of the terminal and adapts to it.
void ct_size(int32_t *width, int32_t *height);
/// The number of colours; 0 where there are none.
int32_t ct_colors(void);
/// The number of colour pairs, pair 0 included.
int32_t ct_pair_limit(void);
/// Defines a colour pair; -1 is the terminal's own colour.
bool ct_define_pair(int32_t pair, int32_t foreground, int32_t background);

/// Puts one character with its marks on the screen.
void ct_put(
  int32_t row, int32_t column, const uint32_t *scalars, int32_t count, uint32_t attributes,
  int32_t pair);
/// Forgets what is on the screen, so that the next flush paints all of it.
void ct_erase(void);
/// Places the cursor, or hides it.
void ct_cursor(int32_t row, int32_t column, bool is_visible);
/// Writes what changed since the last flush.
void ct_flush(void);
/// The columns that the C library, and so ncurses, gives a scalar; -1 where it knows none.
int32_t ct_width(uint32_t scalar);

/// Waits for keys, a wake-up, a signal or the end of the terminal; -1 waits for ever.
uint32_t ct_wait(int32_t milliseconds);
/// Ends a wait. Any thread may call it, at any time.
void ct_wake(void);
/// The signals that came since the last call: bit n stands for signal n.
uint64_t ct_take_signals(void);
/// Reads one byte or key, without waiting but for the rest of an escape sequence.
struct ct_input ct_read(void);

#endif
